/**
 * The LDAP interface.
 *
 * <ol>
 *   <li>Who is nobody reads the root DSE and the schema, no more (RFC 4513 section 5.1).
 *   <li>The administrator, {@code cn=admin} below the suffix, reads everything but {@link
 *       org.oathbound.directory.HiddenAttributes secrets}, and nothing he can ask tells anything about them: no
 *       filter, comparison, sort key or control.
 *   <li>He writes people's entries, none of our attributes among them, and adds and deletes tokens, by the rules that hold for
 *       them over HTTP; all else the HTTP interface does. A raw secret is sealed before it is stored.
 *   <li>Below the base of a corporate directory searches go on to it, and nothing is written.
 *   <li>Whom he deletes is deleted before he has the answer, with enrolment and devices; whom he renames is followed.
 *   <li>A revoked token is nowhere.
 *   <li>People bind with a password and a code behind it, or by the SASL mechanism {@code UNBOUNDID-TOTP}, as the
 *       environment's settings say; applications bind with their secret. Roles count here as they do over HTTP, a person's
 *       after a code only.
 *   <li>A code is judged once for all interfaces. Comparing {@code oathSecret} with a code is such a judgement.
 *   <li>PingDirectory's extended operations make and revoke TOTP shared secrets, and judge a code; RFC 3062's sets a
 *       password.
 *   <li>An unknown name, a wrong password and a wrong code cost the same.
 *   <li>An address binds no more often than its limit allows, the one that holds its calls over HTTP.
 *   <li>Nothing that a client sends, or does not read, stops the service or another client.
 *   <li>Who has not bound gives way when there is no room; a request and its answer come to an end in time.
 *   <li>With a certificate there is StartTLS on the plain port, and LDAPS; StartTLS makes whoever bound nobody again, and
 *       what was sent in the clear never counts as if it had come through TLS. Who sends nothing for long is cut off.
 * </ol>
 *
 * <p>Uses {@code authentication}, where it is decided who is let in and who may have secrets and passwords, {@code audit},
 * {@code device}, {@code token}, {@code otp}, {@code person}, {@code environment}, {@code application}, {@code entryaccess},
 * {@code directory}, {@code tls}, {@code http} (its limit) and {@code problem}.
 */
@NullMarked
package org.oathbound.ldap;

import org.jspecify.annotations.NullMarked;
