/**
 * The store: entries of an LDAP directory, read by name, paged in order, changed only if unchanged. {@code
 * directory.embedded} is one inside this process, {@code directory.external} one at another server, which no configuration
 * offers yet.
 *
 * <ol>
 *   <li>Three interfaces are the only ways to the store for every component: {@link org.oathbound.directory.Directory} reads
 *       and writes one entry by its name, {@link org.oathbound.directory.Listing} finds many and may lag behind, {@link
 *       org.oathbound.directory.Batch} waits for the disk once. A bean takes those that it uses.
 *   <li>A writer that removes or renames an entry has read it, and does nothing if it has changed since.
 *   <li>A change of an entry is one compare-and-set: one LDAP modify that deletes the exact old values and adds the new
 *       ones, of {@code oathboundRevision} and of every value that changes; never a replace.
 *   <li>What LDAP's clients write, who know of no revisions, is read, changed and compared like that, too ({@link
 *       org.oathbound.directory.EntryWrites}).
 *   <li>An entry that is marked revoked is in no page; it is read only by its name.
 *   <li>Nobody is told of a write, the writer or a reader, before it is durable.
 *   <li>Where many entries are read, one that can't be read is named in the log and left out ({@link
 *       org.oathbound.directory.UnreadableEntries}); nothing else is touched by it.
 * </ol>
 *
 * <p>Out of scope: what the entries mean. Uses {@code file} and {@code problem}.
 */
@NullMarked
package org.oathbound.directory;

import org.jspecify.annotations.NullMarked;
