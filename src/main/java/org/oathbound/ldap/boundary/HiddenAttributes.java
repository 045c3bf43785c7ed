package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;

/** Attributes that never leave through LDAP, under whatever name, OID or option they are asked for. */
final class HiddenAttributes {

    private static final int MAX_FILTER_DEPTH = 20;

    /** Each is held against every entry. */
    private static final int MAX_FILTER_PARTS = 1_000;

    private HiddenAttributes() {}

    /** @throws LDAPException with insufficientAccessRights (50) when it is hidden */
    static void refuse(String attribute) throws LDAPException {
        if (isHidden(attribute)) {
            throw new LDAPException(
                    ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "An attribute that is never shown can't be asked about.");
        }
    }

    /**
     * @throws LDAPException with insufficientAccessRights (50) for a filter that asks about a hidden attribute, or about
     *     any (RFC 4515: an extensible match without a type); adminLimitExceeded (11) for one that is too deep or
     *     has too many parts
     */
    static void refuse(Filter filter) throws LDAPException {
        refuse(filter, 1, 1);
    }

    /** How many parts there are with those of this filter. */
    private static int refuse(Filter filter, int depth, int parts) throws LDAPException {
        int count = parts;
        if (depth > MAX_FILTER_DEPTH) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The filter is nested deeper than " + MAX_FILTER_DEPTH + ".");
        }
        if (count > MAX_FILTER_PARTS) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The filter has more than " + MAX_FILTER_PARTS + " parts.");
        }
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    count = refuse(component, depth + 1, count + 1);
                }
            }
            case Filter.FILTER_TYPE_NOT -> count = refuse(filter.getNOTComponent(), depth + 1, count + 1);
            default -> {
                if (filter.getAttributeName() == null) {
                    throw new LDAPException(
                            ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "A match needs the name of an attribute.");
                }
                refuse(filter.getAttributeName());
            }
        }
        return count;
    }

    /** The entry as it may leave. */
    static SearchResultEntryProtocolOp without(SearchResultEntryProtocolOp entry) {
        return new SearchResultEntryProtocolOp(
                entry.getDN(),
                entry.getAttributes().stream()
                        .filter(attribute -> !isHidden(attribute.getName()))
                        .toList());
    }

    private static boolean isHidden(String attribute) {
        return org.oathbound.directory.HiddenAttributes.isHidden(attribute);
    }
}
