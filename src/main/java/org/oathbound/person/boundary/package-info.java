/** People over HTTP. */
@NullMarked
package org.oathbound.person.boundary;

import org.jspecify.annotations.NullMarked;
