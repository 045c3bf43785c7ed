/**
 * One-time passwords: the arithmetic of RFC 4226 (HOTP) and RFC 6238 (TOTP).
 *
 * <ol>
 *   <li>A code is six or eight ASCII digits. Nothing else is ever compared, and a code of another length than the token's
 *       never matches.
 *   <li>A search goes through its whole window, in a time that does not depend on whether or where the code is found.
 *   <li>No window reaches back: not below the next expected counter, not to or below the last accepted time step.
 *   <li>Moving factors end at {@link org.oathbound.otp.Window#LAST}. None wraps, and one more than any that is found can
 *       still be written down.
 *   <li>No secret and no code stands in a {@code toString}, in an exception's message or in a hash code.
 *   <li>What is computed depends on the arguments only: not on a clock, a default locale or a default time zone.
 * </ol>
 *
 * <p>Out of scope: when a secret is too short, what a right or a wrong code leads to, where the moving factor is kept.
 * Uses nothing but the JDK.
 */
@NullMarked
package org.oathbound.otp;

import org.jspecify.annotations.NullMarked;
