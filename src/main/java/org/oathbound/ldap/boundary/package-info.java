/** The listener for LDAP clients, the rules of access, the answers. See {@code org.oathbound.ldap}. */
@NullMarked
package org.oathbound.ldap.boundary;

import org.jspecify.annotations.NullMarked;
