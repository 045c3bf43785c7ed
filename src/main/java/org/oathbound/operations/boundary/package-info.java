/** Health checks for monitoring, and the front page. */
@NullMarked
package org.oathbound.operations.boundary;

import org.jspecify.annotations.NullMarked;
