/**
 * Secrets sealed for storage, and the key set that seals them.
 *
 * <ol>
 *   <li>A sealed value is a JWE in compact form (RFC 7516), {@code dir} with {@code A256GCM}, whose protected header
 *       names the environment, the entry and the entry's life it was made for.
 *   <li>Opening compares all three with the entry before anything is decrypted.
 *   <li>A value has one spelling: changed in any bit, it does not open, and no answer says why.
 *   <li>A fingerprint tells whether two values are the same without showing either; its key is never changed or dropped.
 *   <li>The key set is a JWK set (RFC 7517) from a file that only the service can read, a value of the configuration or a
 *       command. The file is made at first start. One that others can read, or that is not whole, stops the start.
 *   <li>A rotation seals all that is new with the new key at once, and the rest in the background. The old key is dropped
 *       when a pass over everything has found nothing under it; a start in between goes on, whatever stopped it. The check
 *       value comes last: a start without a key that is needed is refused.
 * </ol>
 *
 * <p>Out of scope: what is sealed, and where it is kept. Uses {@code directory}, {@code file} and
 * {@code problem}.
 */
@NullMarked
package org.oathbound.sealing;

import org.jspecify.annotations.NullMarked;
