/** What is done with people, and how they stand in the directory. */
@NullMarked
package org.oathbound.person.control;

import org.jspecify.annotations.NullMarked;
