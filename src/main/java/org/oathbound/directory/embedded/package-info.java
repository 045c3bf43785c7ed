/**
 * The directory inside this process: entries in memory, their indexes, the journal and snapshots on disk.
 *
 * <ol>
 *   <li>Every write, from whichever interface, goes through {@code Store}, and is in the journal on disk before any client
 *       is told of it, the writer or a reader.
 *   <li>What the disk did not take is taken back, before anybody reads it.
 * </ol>
 */
@NullMarked
package org.oathbound.directory.embedded;

import org.jspecify.annotations.NullMarked;
