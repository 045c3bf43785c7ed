/**
 * How passwords and applications' secrets are hashed for storage, and how many are hashed at once.
 *
 * <ol>
 *   <li>A stored hash is PBKDF2 with HMAC-SHA-512 (RFC 8018 section 5.2); a password that is compared with nothing costs as much.
 *   <li>Half of the processors hash at most; a request that waits for longer than two seconds is refused for now.
 * </ol>
 *
 * <p>Knows no people, applications or entries. May use {@code problem}.
 */
@NullMarked
package org.oathbound.password;

import org.jspecify.annotations.NullMarked;
