/** The commands, each a method of a class that is named for what it acts on; and the options that they share. */
@NullMarked
package org.oathbound.commandline.boundary;

import org.jspecify.annotations.NullMarked;
