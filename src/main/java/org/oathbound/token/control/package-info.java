/** What is done with tokens, and how they stand in the directory. */
@NullMarked
package org.oathbound.token.control;

import org.jspecify.annotations.NullMarked;
