package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attributes whose values lead to their entries: by equality all of them, by the beginning of a value names and serial
 * numbers. None of them has subtypes.
 */
public final class IndexedAttributes {

    /** By OID: a filter may name an attribute in other ways. */
    private static final Set<String> BY_BEGINNING =
            oids(Schema.UID, Schema.MAIL, Schema.CN, Schema.SN, Schema.GIVEN_NAME, Schema.SERIAL_NUMBER);

    private static final Set<String> BY_EQUALITY_ALONE =
            oids(Schema.ID, Schema.TOKEN_IDENTIFIER, Schema.ENTRY_UUID, Schema.ENTRY_DN);

    private IndexedAttributes() {}

    private static Set<String> oids(String... names) {
        return Stream.of(names)
                .map(name -> Ldif.schema().getAttributeType(name).getOID())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The OID of an attribute that is indexed, whatever options its description has; empty for any other. */
    public static Optional<String> oid(String description) {
        return Optional.ofNullable(Ldif.schema().getAttributeType(Attribute.getBaseName(description)))
                .map(AttributeTypeDefinition::getOID)
                .filter(oid -> BY_BEGINNING.contains(oid) || BY_EQUALITY_ALONE.contains(oid));
    }

    public static MatchingRule rule(String oid) {
        return MatchingRule.selectEqualityMatchingRule(oid, Ldif.schema());
    }

    /** A value, or a part of one, as {@link #rule} is to be given it. */
    public static ASN1OctetString prepared(String oid, ASN1OctetString value) throws LDAPException {
        return StringPreparation.prepared(rule(oid), value);
    }

    /**
     * The part of a filter about indexed attributes: each entry that matches the filter matches this, too. Empty when
     * the filter can match an entry whatever the values of its indexed attributes are.
     */
    public static Optional<Filter> impliedBy(Filter filter) {
        return switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_EQUALITY, Filter.FILTER_TYPE_APPROXIMATE_MATCH -> equality(filter);
            case Filter.FILTER_TYPE_SUBSTRING ->
                Optional.of(filter)
                        .filter(substring -> substring.getRawSubInitialValue() != null)
                        .filter(substring -> oid(substring.getAttributeName())
                                .filter(BY_BEGINNING::contains)
                                .isPresent());
            case Filter.FILTER_TYPE_AND -> and(filter);
            case Filter.FILTER_TYPE_OR -> or(filter);
            default -> Optional.empty();
        };
    }

    /** What is shown as {@code entryUUID} is stored as the id of the entry or token, or not at all ({@link EntryUuid}). */
    private static Optional<Filter> equality(Filter filter) {
        String name = HiddenAttributes.canonical(Attribute.getBaseName(filter.getAttributeName()));
        byte[] value = filter.getAssertionValueBytes();
        if (name.equalsIgnoreCase(Schema.ENTRY_UUID)) {
            return Optional.of(Filter.createORFilter(
                    Filter.createEqualityFilter(Schema.ID, value),
                    Filter.createEqualityFilter(Schema.TOKEN_IDENTIFIER, value),
                    Filter.createEqualityFilter(Schema.ENTRY_UUID, value)));
        }
        return Optional.of(filter)
                .filter(equality -> oid(name).isPresent())
                .map(equality -> Filter.createEqualityFilter(equality.getAttributeName(), value));
    }

    private static Optional<Filter> and(Filter filter) {
        List<Filter> implied = Stream.of(filter.getComponents())
                .flatMap(component -> impliedBy(component).stream())
                .toList();
        return implied.isEmpty() ? Optional.empty() : Optional.of(Filter.createANDFilter(implied));
    }

    private static Optional<Filter> or(Filter filter) {
        List<Filter> implied = new ArrayList<>();
        for (Filter component : filter.getComponents()) {
            Optional<Filter> one = impliedBy(component);
            if (one.isEmpty()) {
                return one;
            }
            implied.add(one.get());
        }
        return Optional.of(Filter.createORFilter(implied));
    }
}
