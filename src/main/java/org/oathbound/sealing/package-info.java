/**
 * Secrets sealed for storage, and the key set that seals them.
 *
 * <ol>
 *   <li>A sealed value is a JWE in compact form (RFC 7516), {@code dir} with {@code A256GCM}, whose protected header
 *       names the environment, the entry and the entry's life it was made for.
 *   <li>Opening compares all three with the entry before anything is decrypted.
 *   <li>A value has one spelling: changed in any bit, it does not open, and no answer says why.
 *   <li>A fingerprint tells whether two values are the same without showing either; its key is never changed or dropped.
 *   <li>The key set is a JWK set (RFC 7517) in a file that only the service can read; it is made at first start, and
 *       never overwritten. A file that others can read, or that is not whole, stops the start.
 * </ol>
 *
 * <p>Out of scope: what is sealed, and where it is kept. Uses {@code directory} (for the place of the file) and
 * {@code problem}.
 */
@NullMarked
package org.oathbound.sealing;

import org.jspecify.annotations.NullMarked;
