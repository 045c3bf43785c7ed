package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client names an attribute by (RFC 4512 section 2.5). It stands for the values of that type and of its subtypes: {@code
 * name} for {@code cn} and {@code sn}, {@code cn} for {@code cn;lang-de}.
 *
 * @param names of the type and its subtypes, and their OIDs, in lower case
 * @param options in lower case
 */
record AttributeDescription(AttributeTypeDefinition type, Set<String> names, Set<String> options) {

    /** By OID. */
    private static final Map<String, Set<String>> NAMES = new ConcurrentHashMap<>();

    /** Empty for an attribute that the schema does not have. */
    static Optional<AttributeDescription> of(String text) {
        String name = HiddenAttributes.canonical(Attribute.getBaseName(text));
        return Optional.ofNullable(Ldif.schema().getAttributeType(name))
                .map(type -> new AttributeDescription(
                        type, NAMES.computeIfAbsent(type.getOID(), oid -> namesOf(type)), optionsOf(text)));
    }

    boolean is(String attribute) {
        return type.hasNameOrOID(attribute);
    }

    List<ASN1OctetString> values(Entry entry) {
        if (is(Schema.ENTRY_UUID)) {
            return List.of(new ASN1OctetString(EntryUuid.of(entry)));
        } else if (is(Schema.ENTRY_DN)) {
            return List.of(new ASN1OctetString(entry.getDN()));
        }
        List<ASN1OctetString> values = new ArrayList<>();
        for (Attribute attribute : entry.getAttributes()) {
            if (isMeant(attribute.getName())) {
                values.addAll(List.of(attribute.getRawValues()));
            }
        }
        return values;
    }

    /** The values in the name of an entry, and in those of the entries that it stands below. */
    List<ASN1OctetString> valuesInName(Entry entry) {
        List<ASN1OctetString> values = new ArrayList<>();
        for (RDN part : Directory.nameOf(entry).getRDNs()) {
            for (int i = 0; i < part.getAttributeNames().length; i++) {
                if (isMeant(part.getAttributeNames()[i])) {
                    values.add(new ASN1OctetString(part.getAttributeValues()[i]));
                }
            }
        }
        return values;
    }

    private boolean isMeant(String name) {
        return names.contains(Attribute.getBaseName(name).toLowerCase(Locale.ROOT))
                && (options.isEmpty() || optionsOf(name).containsAll(options));
    }

    private static Set<String> optionsOf(String text) {
        return Attribute.getOptions(text).stream()
                .map(option -> option.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> namesOf(AttributeTypeDefinition type) {
        return Ldif.schema().getAttributeTypes().stream()
                .filter(isKindOf(type))
                .flatMap(kind -> Stream.concat(Stream.of(kind.getOID()), Stream.of(kind.getNames())))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Predicate<AttributeTypeDefinition> isKindOf(AttributeTypeDefinition type) {
        return kind -> Stream.iterate(kind, above -> above != null, above -> above.getSuperiorType(Ldif.schema()))
                .anyMatch(type::equals);
    }
}
