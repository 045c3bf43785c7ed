/** The readers, one for each format, and what their rows are passed to. */
@NullMarked
package org.oathbound.seedfile.control;

import org.jspecify.annotations.NullMarked;
