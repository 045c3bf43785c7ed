/** What the Directory REST API does: find entries, sign people in, make and end their secrets. */
@NullMarked
package org.oathbound.directoryapi.control;

import org.jspecify.annotations.NullMarked;
