/**
 * Who may do what: applications and their secrets, and the roles that they and people hold.
 *
 * <ol>
 *   <li>An application is an entry of the directory; its secret is stored as a slow hash only.
 *   <li>A wrong secret, an unknown application and one without roles cost the same, and at most a few of these checks
 *       run at once, so that they can't take the processors from all other requests.
 *   <li>A person's roles are stored on the enrolment and deleted with it. A caller can't change a person who holds a
 *       role above the caller's, nor a token that such a person has, whoever else has it.
 * </ol>
 *
 * <p>Out of scope: access tokens ({@code oauth}), how people sign in. Uses {@code password}, {@code directory}, {@code environment}
 * and {@code problem}; {@code http} for what a URL in the configuration must look like.
 */
@NullMarked
package org.oathbound.application.control;

import org.jspecify.annotations.NullMarked;
