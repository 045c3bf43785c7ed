/**
 * The OATH token: created from a factory's data or for one device, read, revoked; its codes verified, its counter or clock
 * resynchronised; its pairings as the token sees them.
 *
 * <ol>
 *   <li>A serial number is unique in its environment, in ASCII upper case; the token's id and so its DN follow from it.
 *   <li>Every fault of what a client sends is named, all at once; a faulty token changes nothing.
 *   <li>Creating begins a life. Revoking ends it: the secret is stripped, the token is gone for every reader. What stays
 *       for good is where each secret it ever had stopped.
 *   <li>A token created again with a secret it had before starts no lower than that secret stopped.
 *   <li>Each change is one compare-and-set on the token's entry.
 *   <li>Judging a code is pure ({@code Judge}); each judgement is stored before it is told ({@code Verifier}), one read and
 *       one write. What can't be stored has no verdict, for a right code as for a wrong one.
 *   <li>A code is accepted once, and every other attempt counts, at every interface and for every purpose.
 *   <li>A token that was made for one device serves no other, and is none of the stock.
 * </ol>
 *
 * <p>Out of scope here: many tokens at once ({@code job}); whether a pairing is a device ({@code device}). Uses
 * {@code otp}, {@code directory}, {@code sealing}, {@code environment}, {@code http} for the filter of the list, and
 * {@code problem}.
 */
@NullMarked
package org.oathbound.token;

import org.jspecify.annotations.NullMarked;
