/**
 * Connections to a directory that others run.
 *
 * <p>Out of scope: that it is offered. No property of the configuration leads here yet.
 */
@NullMarked
package org.oathbound.directory.external;

import org.jspecify.annotations.NullMarked;
