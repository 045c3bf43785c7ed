/**
 * Reports and exports for an administrator: who has which token, which devices are not activated, what ends soon; and
 * the tokens themselves; and answers to questions about the audit, with names.
 *
 * <ol>
 *   <li>A report has a line for each token and each person who has it, as both stood when they were read. Writers go on
 *       meanwhile; a token is in a report once, whatever they change.
 *   <li>It is written while it is read: memory does not grow with it.
 *   <li>What can't be read is a line that says so, and stops nothing.
 *   <li>A report that ended early can be told from a whole one by its end: the server closes the stream of both alike.
 *   <li>No line holds a secret or a code. An export does, encrypted with a key or a password that is the caller's own; who
 *       took it and how many tokens are in it is logged, also when it was broken off.
 * </ol>
 *
 * <p>Out of scope: changing anything. Uses {@code audit}, {@code application}, {@code device}, {@code token}, {@code person},
 * {@code environment}, {@code seedfile}, {@code otp} and {@code problem}.
 */
@NullMarked
package org.oathbound.report;

import org.jspecify.annotations.NullMarked;
