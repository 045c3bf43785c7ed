/**
 * The LDAP interface.
 *
 * <ol>
 *   <li>An anonymous client may read the root DSE and the schema, no more (RFC 4513 section 5.1).
 *   <li>The administrator, {@code cn=admin} below the suffix, reads everything but {@link
 *       org.oathbound.directory.HiddenAttributes secrets}, and no filter, comparison, sort key or control of a request
 *       tells anything about them.
 *   <li>The administrator writes people's entries, except our attributes, and adds and deletes tokens, by the rules
 *       that hold for them over HTTP; all other changes are made over HTTP. A raw secret is sealed before it is stored.
 *   <li>Below the base of a corporate directory searches go on to it, and nothing is written.
 *   <li>A person whose entry the administrator deletes is deleted, with enrolment and devices, before the answer
 *       leaves; the enrolment follows a rename.
 *   <li>A revoked token is in no answer.
 *   <li>People bind with a password and a code behind it, or by the SASL mechanism {@code UNBOUNDID-TOTP}, as the
 *       environment's settings say; applications bind with their secret. Roles count here as they do over HTTP, a person's
 *       after a code only.
 *   <li>A code is judged once for all interfaces. Comparing {@code oathSecret} with a code is such a judgement.
 *   <li>PingDirectory's extended operations make and revoke TOTP shared secrets, and judge a code; RFC 3062's sets a
 *       password.
 *   <li>An unknown name, a wrong password and a wrong code cost the same.
 *   <li>An address binds no more often than its limit allows, the one that holds its calls over HTTP.
 *   <li>No request of a client, and no answer that it does not read, stops the service or another client.
 *   <li>A full port closes a connection that has not bound for a new one; a request and its answer come to an end in
 *       time.
 *   <li>With a certificate there is StartTLS on the plain port, and LDAPS; StartTLS makes a bound client anonymous
 *       again, and what was sent in the clear never counts as if it had come through TLS. A client that sends nothing
 *       for long is cut off.
 * </ol>
 *
 * <p>Uses {@code authentication}, which decides who may sign in and who may change secrets and passwords, {@code
 * audit}, {@code device}, {@code token}, {@code otp}, {@code person}, {@code environment}, {@code application}, {@code
 * entryaccess}, {@code directory}, {@code tls}, {@code http} (its limit) and {@code problem}.
 */
@NullMarked
package org.oathbound.ldap;

import org.jspecify.annotations.NullMarked;
