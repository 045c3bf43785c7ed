/**
 * How passwords and applications' secrets are hashed for storage, and who may have one hashed, and when.
 *
 * <ol>
 *   <li>A stored hash is PBKDF2 with HMAC-SHA-512 (RFC 8018 section 5.2); a password that is compared with nothing costs as much,
 *       and so does one that is compared with two, of which the later was stored beside the earlier.
 *   <li>Half of the processors hash at most. Networks take turns, who was right lately goes first three times of four, and a
 *       request that waits for longer than two seconds is refused for now. The key of a seed file that comes from a password
 *       is derived as one of them, and never beside another key.
 *   <li>Wrong attempts are limited by name and by address, by address only while more were wrong than right. Who was right lately,
 *       as a name at an address, is held to neither until the next wrong one.
 *   <li>An application's secret that was right lately costs no slow hash; a person's password does each time.
 *   <li>A password with a NUL matches none.
 * </ol>
 *
 * <p>Knows no people, applications or entries. May use {@code problem}.
 */
@NullMarked
package org.oathbound.password;

import org.jspecify.annotations.NullMarked;
