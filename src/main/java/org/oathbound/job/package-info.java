/**
 * Work that outlives a request: many tokens at once.
 *
 * <ol>
 *   <li>A job is received row by row and kept in sealed chunks; memory does not grow with the body. Until the body has
 *       ended well the job is RECEIVING, and no client sees it.
 *   <li>Then it is PENDING until every chunk has its result, and DONE. A chunk's rows are swapped for its result by one
 *       compare-and-set, and the job's totals are sums over chunks, so no chunk can count twice. The totals of a chunk
 *       are written with its result, those of a job with its end, so a request for the job's progress parses no result.
 *   <li>A job that is DONE or FAILED is removed when a client deletes it, or 30 days after its end.
 *   <li>Each row leaves its mark on what it changes, in the same write. A job that is run again after a stop, whatever
 *       stopped it, finds these marks and goes on exactly where it was. Whether a device is blocked is its own mark.
 *   <li>A selection becomes rows while the job comes in. A job that finds nothing by it is refused. What changes in stock
 *       behind that changes no row: a device that was paired since is none of the job's.
 *   <li>A faulty row is reported by its number, code and field, and changes nothing; the others go on.
 *   <li>No row changes the devices of a person who holds a role, or pairs, revokes, blocks or unblocks a token that such a
 *       person has: the client's own roles are known only during the call that hands the job in.
 * </ol>
 *
 * <p>Uses {@code seedfile}, {@code token}, {@code person}, {@code device}, {@code directory}, {@code sealing},
 * {@code environment} and {@code problem}.
 */
@NullMarked
package org.oathbound.job;

import org.jspecify.annotations.NullMarked;
