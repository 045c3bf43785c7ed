/** Health for whoever watches over the service, and the front page. */
@NullMarked
package org.oathbound.operations.boundary;

import org.jspecify.annotations.NullMarked;
