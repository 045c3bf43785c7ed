/** Beginning, reading and ending flows, and where they are kept. */
@NullMarked
package org.oathbound.authentication.control;

import org.jspecify.annotations.NullMarked;
