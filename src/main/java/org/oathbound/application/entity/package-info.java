/** Applications, roles and their permissions, and who sends a request. */
@NullMarked
package org.oathbound.application.entity;

import org.jspecify.annotations.NullMarked;
