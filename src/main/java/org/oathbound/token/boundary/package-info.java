/** OATH tokens over HTTP, {@code /v1/environments/{env}/oathTokens}: translates, decides nothing. */
@NullMarked
package org.oathbound.token.boundary;

import org.jspecify.annotations.NullMarked;
