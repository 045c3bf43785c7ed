/** What stands in reports. */
@NullMarked
package org.oathbound.report.control;

import org.jspecify.annotations.NullMarked;
