/**
 * Tenants: each has its own people, tokens, devices, jobs and applications.
 *
 * <ol>
 *   <li>The default environment stands on the suffix itself; each other one on an entry below {@code ou=Environments}.
 *   <li>Nothing that is read or written for one environment touches another.
 * </ol>
 *
 * <p>Uses {@code directory} and {@code problem}.
 */
@NullMarked
package org.oathbound.environment;

import org.jspecify.annotations.NullMarked;
