/**
 * Seed files as vendors, and the systems that a team moves in from, write them.
 *
 * <ol>
 *   <li>A file is read as a stream, row by row; memory does not grow with it, and no row may take more than 64 KiB.
 *   <li>Each row becomes a token as PingOne's API describes it, or the faults that it has, with the number of its line. A
 *       faulty row never stops the others; what stops them all is a file whose rows can't be told apart any more.
 *   <li>What a file leaves open is asked for, never guessed: whether a secret is hexadecimal or Base32 where it could be
 *       both, how long a time step is, how many digits a code has.
 *   <li>A file that is clearly of another format than was said, or no seed file, is refused as a whole and told what it is.
 *   <li>The cells of a row are kept for the report, and none that looks like a secret is kept as it was.
 *   <li>XML has no DOCTYPE, no entities, no network. What is encrypted is checked before it is decrypted.
 *   <li>A file that is written (PSKC) has its secrets encrypted, and others read it too.
 * </ol>
 *
 * <p>Out of scope: whether a token may be created ({@code token}), and creating them ({@code job}). Uses {@code password}
 * and {@code problem}.
 */
@NullMarked
package org.oathbound.seedfile;

import org.jspecify.annotations.NullMarked;
