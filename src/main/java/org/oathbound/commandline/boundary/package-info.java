/** The commands, one class each. */
@NullMarked
package org.oathbound.commandline.boundary;

import org.jspecify.annotations.NullMarked;
