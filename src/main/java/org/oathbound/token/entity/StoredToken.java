package org.oathbound.token.entity;

import com.unboundid.ldap.sdk.ReadOnlyEntry;

/**
 * A token that lives, as it was read.
 *
 * @param entry what a compare-and-set is made against
 */
public record StoredToken(ReadOnlyEntry entry, Token token) {}
