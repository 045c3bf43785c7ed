/** How the command line speaks to the service, to files and to a terminal. */
@NullMarked
package org.oathbound.commandline.control;

import org.jspecify.annotations.NullMarked;
