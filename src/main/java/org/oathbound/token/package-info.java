/**
 * The OATH token: created from a factory's data, read, revoked.
 *
 * <ol>
 *   <li>A serial number is unique in its environment, in ASCII upper case; the token's id and so its DN follow from it.
 *   <li>Every fault of what a client sends is named, all at once; a faulty token changes nothing.
 *   <li>Creating begins a life. Revoking ends it: the secret is stripped, the token is gone for every reader. What stays
 *       for good is where each secret it ever had stopped.
 *   <li>A token created again with a secret it had before starts no lower than that secret stopped.
 *   <li>Each change is one compare-and-set on the token's entry.
 * </ol>
 *
 * <p>Out of scope here: many tokens at once ({@code job}). Uses {@code otp}, {@code directory}, {@code sealing},
 * {@code environment} and {@code problem}.
 */
@NullMarked
package org.oathbound.token;

import org.jspecify.annotations.NullMarked;
