/** Environments over HTTP, {@code /v1/environments/{env}}: their settings, policies and populations. */
@NullMarked
package org.oathbound.environment.boundary;

import org.jspecify.annotations.NullMarked;
