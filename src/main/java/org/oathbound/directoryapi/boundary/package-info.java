/** The calls of the Directory REST API, their bodies and their answers. */
@NullMarked
package org.oathbound.directoryapi.boundary;

import org.jspecify.annotations.NullMarked;
