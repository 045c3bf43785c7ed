/** Sign-on flows over HTTP, {@code /{env}/deviceAuthentications}. */
@NullMarked
package org.oathbound.authentication.boundary;

import org.jspecify.annotations.NullMarked;
