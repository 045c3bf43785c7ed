/** The device and its parts: immutable, without I/O and without a clock. */
@NullMarked
package org.oathbound.device.entity;

import org.jspecify.annotations.NullMarked;
