/** Files on disk that only the service's own user may read. Uses nothing. */
@NullMarked
package org.oathbound.file;

import org.jspecify.annotations.NullMarked;
