/**
 * How passwords and applications' secrets are hashed for storage, and how many are hashed at once.
 *
 * <ol>
 *   <li>A stored hash is PBKDF2 with HMAC-SHA-512 (RFC 8018 section 5.2); a password that is compared with nothing costs as much,
 *       and so does one that is compared with two, of which the later was stored beside the earlier.
 *   <li>Half of the processors hash at most; a request that waits for longer than two seconds is refused for now. The key
 *       of a seed file that comes from a password is derived as one of them, and never beside another key.
 *   <li>A password with a NUL matches none.
 * </ol>
 *
 * <p>Knows no people, applications or entries. May use {@code problem}.
 */
@NullMarked
package org.oathbound.password;

import org.jspecify.annotations.NullMarked;
