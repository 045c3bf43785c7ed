/**
 * Who calls and what he may do: applications, the roles they hold, the permissions that a role gives.
 *
 * <ol>
 *   <li>What a role permits stands in {@link org.oathbound.access.entity.Role}, and nowhere else.
 *   <li>A caller belongs to one environment and has permissions in no other.
 * </ol>
 *
 * <p>Uses nothing.
 */
@NullMarked
package org.oathbound.access.entity;

import org.jspecify.annotations.NullMarked;
