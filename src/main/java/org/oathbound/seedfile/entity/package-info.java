/** What is known of a seed file before it is read: immutable, without I/O. */
@NullMarked
package org.oathbound.seedfile.entity;

import org.jspecify.annotations.NullMarked;
