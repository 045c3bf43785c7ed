/**
 * What can go wrong, as one sealed family of exceptions.
 *
 * <ol>
 *   <li>A problem says what a caller can do about it: which field, which rule, when to come again.
 *   <li>It never holds a secret, a code or a password; its texts may be shown to anyone who may call.
 *   <li>It knows no protocol: {@code http} and {@code ldap} translate it.
 * </ol>
 *
 * <p>{@link org.oathbound.problem.Contention} tries a write again that was lost to another.
 *
 * <p>Out of scope: a wrong code. That is a value, not an exception. Uses nothing.
 */
@NullMarked
package org.oathbound.problem;

import org.jspecify.annotations.NullMarked;
