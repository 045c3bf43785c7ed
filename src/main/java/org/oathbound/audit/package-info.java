/**
 * The audit: every attempt, every change and every refused call, as one line of JSON each, in files that show when they
 * have been tampered with.
 *
 * <ol>
 *   <li>A line holds no secret, no code and no password, and names a person by id only. {@code docs/siem.md} describes
 *       its members; {@link org.oathbound.audit.Action} has the stable names of what can happen.
 *   <li>A value of any length and any content can't suppress a line, split it, or pass for a member: a line is ASCII, and
 *       what is long is cut and says so.
 *   <li>A line ends with an HMAC of itself and of the line before. Each file begins with the last hash of the file before. So
 *       a line that is changed, removed, inserted or moved shows ({@link org.oathbound.audit.Verification}).
 *   <li>The file {@code head} says how far the audit had come when it was last on disk: what is cut off before that
 *       shows too. Putting back an older state of the whole folder is found out only by a line that is known from
 *       elsewhere.
 *   <li>An attacker who can read the key set can write lines with a valid HMAC. So lines should leave the host soon.
 *   <li>Of the calls of anonymous clients that name no person, application or token only the first of a network and minute is a
 *       line of its own; the others are counted, and are one line when the minute is over. A process that dies loses these counts.
 *   <li>Each other line is written before the answer it tells of leaves. If it can't be, it waits in memory, and is written first
 *       when that can be; {@code /health/ready} says no, and nothing that changes anything is begun meanwhile (503, LDAP 52). A
 *       process that dies then loses what waits. When too many wait, the answer is 503, whatever was done.
 *   <li><em>kill -9</em> costs no line whose answer has left: they are with the operating system. The last line may be
 *       cut off in the middle; no client has had the answer that it tells of. The next start ends it with a line break
 *       and writes {@code audit.recovered} behind it, whose hash covers the fragment. What was changed for an answer
 *       that had not left may have no line.
 *   <li><em>A power failure</em> costs the lines of the last second at most: they are flushed to disk each second, when a file
 *       ends and at a stop. Changes in the directory are on disk sooner, so some of them may then have no line.
 *   <li>Questions are answered from an index beside each full file ({@link org.oathbound.audit.AuditSearch}), which is derived from
 *       the lines, proves nothing, and can be deleted.
 * </ol>
 *
 * <p>Out of scope: reads that give no secrets away; what is done on the host, but for {@code break-glass.log}; shipping the
 * lines. Uses {@code directory} (for the place of the files), {@code sealing} (for the key), {@code file} and {@code problem}.
 */
@NullMarked
package org.oathbound.audit;

import org.jspecify.annotations.NullMarked;
