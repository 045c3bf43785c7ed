/** The token and its parts: immutable, without I/O and without a clock. */
@NullMarked
package org.oathbound.token.entity;

import org.jspecify.annotations.NullMarked;
