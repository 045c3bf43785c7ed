/** What is done with devices, and how they stand in the directory. */
@NullMarked
package org.oathbound.device.control;

import org.jspecify.annotations.NullMarked;
