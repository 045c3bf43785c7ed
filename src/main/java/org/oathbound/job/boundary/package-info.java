/** Jobs over HTTP, {@code /v1/environments/{env}/oathJobs}: reads the body as a stream, row by row. */
@NullMarked
package org.oathbound.job.boundary;

import org.jspecify.annotations.NullMarked;
