/**
 * Access tokens, authorization codes, and other issuers.
 *
 * <ol>
 *   <li>An access token is a JWT after RFC 9068, signed with RS256 and valid for an hour. Its issuer comes from the
 *       configuration, never from a request.
 *   <li>An access token is held against everything it says: type, algorithm, key, issuer, audience, environment, time. What
 *       its application may do is read from the directory at each request, so that taking a role away takes effect at once.
 *   <li>That a signature and its claims are right is remembered; whether the application is enabled, the person has a role and
 *       the key is still there is not.
 *   <li>An authorization code is good once, for a minute, and for the client that knows its verifier (RFC 7636).
 *   <li>Of other issuers those count that the configuration names, with the audience and the roles that it says.
 *   <li>A break-glass access token, which is made on the host, has the rights of an administrator without an
 *       application, for an hour at most, and each request with it is a line of the audit.
 * </ol>
 *
 * <p>Out of scope: how people sign in. Uses {@code application}, {@code directory}, {@code environment}, {@code sealing} and
 * {@code problem}; {@code http} for what a URL in the configuration must look like.
 */
@NullMarked
package org.oathbound.oauth.control;

import org.jspecify.annotations.NullMarked;
