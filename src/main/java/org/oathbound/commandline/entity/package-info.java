/** What the command line knows without a service: pure rules of text. */
@NullMarked
package org.oathbound.commandline.entity;

import org.jspecify.annotations.NullMarked;
