/** What an authorization code stands for. */
@NullMarked
package org.oathbound.oauth.entity;

import org.jspecify.annotations.NullMarked;
