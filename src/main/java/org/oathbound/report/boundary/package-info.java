/** Reports over HTTP, as JSON and as comma-separated values. */
@NullMarked
package org.oathbound.report.boundary;

import org.jspecify.annotations.NullMarked;
