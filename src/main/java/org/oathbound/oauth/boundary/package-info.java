/**
 * The token endpoint (RFC 6749, client credentials and authorization codes), the metadata of the issuer, and the check of every
 * request.
 *
 * <ol>
 *   <li>Every resource method says which permission it requires, or that it requires none; one that says nothing is
 *       refused.
 *   <li>A caller has access to one environment only, but where a method says that the default one's may call.
 *   <li>A caller changes nothing of a person who holds a role above the caller's.
 *   <li>Both are decided before the body of the request is read.
 *   <li>Each call that changes something, or is refused, is a line of the audit before its answer leaves.
 *   <li>An application asks only so often, and wrong secrets are counted by address and by application.
 *   <li>The token endpoint fails as OAuth says (RFC 6749 section 5.2), everything else with the envelope.
 * </ol>
 *
 * <p>Uses {@code oauth.control}, {@code application}, {@code audit}, {@code environment}, {@code http}, {@code sealing} and
 * {@code problem}.
 */
@NullMarked
package org.oathbound.oauth.boundary;

import org.jspecify.annotations.NullMarked;
