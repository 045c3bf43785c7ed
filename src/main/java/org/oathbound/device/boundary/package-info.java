/** Devices over HTTP. */
@NullMarked
package org.oathbound.device.boundary;

import org.jspecify.annotations.NullMarked;
