/**
 * What a person has paired: a fob, an authenticator app, a few temporary codes.
 *
 * <ol>
 *   <li>A device is one only if three entries say so: the list of the person's enrolment, the device's own, and that of a
 *       token that lives. Any other state reads as if there were none.
 *   <li>A pairing is committed by the compare-and-set on the list, which holds the limit; an end of one too. What is begun
 *       and not committed is undone, or swept once it is older than five minutes.
 *   <li>A token may serve several people, but no person twice. A fob that serves no person any more is in stock again,
 *       its counter where it was; a token that was made for one device ends with it.
 *   <li>A code is verified in {@code token}, for each interface by the same call. Here is decided whether the device may be
 *       used at all.
 *   <li>The secret of an app and temporary codes leave once, in the answer to the call that makes them.
 *   <li>When a token is revoked or a person deleted, the devices go.
 * </ol>
 *
 * <p>Uses {@code token}, {@code person}, {@code environment}, {@code directory} and {@code problem}.
 */
@NullMarked
package org.oathbound.device;

import org.jspecify.annotations.NullMarked;
