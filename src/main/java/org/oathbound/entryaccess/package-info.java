/**
 * Which caller sees, finds and compares which entry and attribute of the directory, for both interfaces that show entries.
 *
 * <ol>
 *   <li>What a caller may not see does not exist for that caller, and a filter tells nothing of it.
 *   <li>No caller sees a secret, a hash or a token that is revoked.
 *   <li>The administrator of LDAP is a caller like others, who sees all other entries in every environment.
 *   <li>A search from above {@code ou=Environments} does not look below it, for any caller.
 *   <li>A search whose filter holds an indexed attribute looks at the entries that the index names, and at no others.
 * </ol>
 *
 * <p>Changes nothing. May use {@code application}, {@code person}, {@code token}, {@code environment}, {@code directory} and
 * {@code problem}.
 */
@NullMarked
package org.oathbound.entryaccess;

import org.jspecify.annotations.NullMarked;
