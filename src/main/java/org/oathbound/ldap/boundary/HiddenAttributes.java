package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Set;
import org.oathbound.directory.Schema;

/** Attributes that never leave through LDAP, under whatever name, OID or option they are asked for. */
final class HiddenAttributes {

    private static final int MAX_FILTER_DEPTH = 20;

    private static final Set<String> HIDDEN = Set.of(
            Names.canonical(Schema.SECRET),
            Names.canonical("userPassword"),
            Names.canonical(Schema.SECRET_HASH),
            Names.canonical(Schema.PAYLOAD),
            Names.canonical(Schema.FORMER),
            Names.canonical(Schema.KEY_CHECK));

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
     *     any (RFC 4515: an extensible match without a type); adminLimitExceeded (11) for one that is too deep
     */
    static void refuse(Filter filter) throws LDAPException {
        refuse(filter, 1);
    }

    private static void refuse(Filter filter, int depth) throws LDAPException {
        if (depth > MAX_FILTER_DEPTH) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The filter is nested deeper than " + MAX_FILTER_DEPTH + ".");
        }
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR -> {
                for (Filter component : filter.getComponents()) {
                    refuse(component, depth + 1);
                }
            }
            case Filter.FILTER_TYPE_NOT -> refuse(filter.getNOTComponent(), depth + 1);
            default -> {
                if (filter.getAttributeName() == null) {
                    throw new LDAPException(
                            ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "A match needs the name of an attribute.");
                }
                refuse(filter.getAttributeName());
            }
        }
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
        return HIDDEN.contains(Names.canonical(Attribute.getBaseName(attribute)));
    }
}
