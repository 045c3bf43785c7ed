/**
 * The command line {@code oathbound}: what an administrator or a script does with a running service, over its HTTP API.
 *
 * <ol>
 *   <li>No secret, no password and no code is ever taken from an argument, where other users of the machine read it.
 *       Credentials come from a file that only its owner can read, or from the environment; codes from standard input.
 *   <li>Standard output has what was asked for and nothing else; progress and failures go to standard error.
 *   <li>Only a terminal gets control characters, and none that the service or a file has sent.
 *   <li>{@code --json} prints the service's own JSON. Exit codes tell scripts what happened.
 *   <li>A command that is interrupted while a job runs says that the job goes on, and how to follow it.
 *   <li>A file that is written has not been there before, and is there as a whole or not at all.
 * </ol>
 *
 * <p>Out of scope: what is done on the host without the service ({@code operations}, which adds these commands to its own).
 * Uses nothing of the other components: what it knows of the service is its API.
 */
@NullMarked
package org.oathbound.commandline;

import org.jspecify.annotations.NullMarked;
