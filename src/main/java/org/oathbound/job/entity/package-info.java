/** The job, its chunks' results and their sum: immutable, without I/O. */
@NullMarked
package org.oathbound.job.entity;

import org.jspecify.annotations.NullMarked;
