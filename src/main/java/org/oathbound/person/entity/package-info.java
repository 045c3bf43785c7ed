/** People and enrolments: immutable, without I/O and without a clock. */
@NullMarked
package org.oathbound.person.entity;

import org.jspecify.annotations.NullMarked;
