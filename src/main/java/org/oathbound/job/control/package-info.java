/** Receiving, running and reading jobs, and how they stand in the directory. */
@NullMarked
package org.oathbound.job.control;

import org.jspecify.annotations.NullMarked;
