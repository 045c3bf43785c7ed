/**
 * The token endpoint (RFC 6749, client credentials), the metadata of the issuer, and the check of every request.
 *
 * <ol>
 *   <li>Every resource method says which permission it requires, or that it requires none; one that says nothing is
 *       refused.
 *   <li>A caller has access to his own environment only.
 *   <li>Both are decided before the body of the request is read.
 *   <li>The token endpoint fails as OAuth says (RFC 6749 section 5.2), everything else with the envelope.
 * </ol>
 *
 * <p>Uses {@code access.control}, {@code environment}, {@code http} and {@code problem}.
 */
@NullMarked
package org.oathbound.access.boundary;

import org.jspecify.annotations.NullMarked;
