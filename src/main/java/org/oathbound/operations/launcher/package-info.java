/**
 * Starts the service and the commands of the host from the runnable jar, before there is a server.
 *
 * <ol>
 *   <li>A start that fails says why in one sentence, last on the screen, and the process ends with 1.
 *   <li>The folder that the server unpacks itself into is for its user alone, and does not outlive it.
 *   <li>The server's own lines are shown from the level that {@code oathbound.log.server} names.
 * </ol>
 *
 * <p>May use {@code org.oathbound.tls} and the JDK only, for it runs without the WAR's libraries.
 */
@NullMarked
package org.oathbound.operations.launcher;

import org.jspecify.annotations.NullMarked;
