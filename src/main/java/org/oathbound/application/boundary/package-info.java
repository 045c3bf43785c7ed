/**
 * Applications and people's roles over HTTP.
 *
 * <ol>
 *   <li>A secret is shown once, in the answer that makes it.
 * </ol>
 *
 * <p>Uses {@code application.control}, {@code audit}, {@code environment}, {@code http} and {@code problem}.
 */
@NullMarked
package org.oathbound.application.boundary;

import org.jspecify.annotations.NullMarked;
