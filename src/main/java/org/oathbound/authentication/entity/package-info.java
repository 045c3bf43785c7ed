/** The flow and how it changes: immutable, without I/O and without a clock. */
@NullMarked
package org.oathbound.authentication.entity;

import org.jspecify.annotations.NullMarked;
