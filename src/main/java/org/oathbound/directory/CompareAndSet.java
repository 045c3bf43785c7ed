package org.oathbound.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The modifications that turn an entry as it was seen into the one that is wanted, and that fail on any other: each old
 * value is deleted by name before the new one is added, the revision first.
 */
public final class CompareAndSet {

    /** What judging a code rests on: named even where it stays, so that no other writer has moved it. */
    private static final List<String> MOVING = List.of(
            Schema.HOTP_COUNTER,
            Schema.TOTP_LAST_TIME_STEP,
            Schema.TOTP_DRIFT,
            Schema.FAILURE_COUNT,
            Schema.WAITING,
            Schema.LOCKED_UNTIL);

    private final com.unboundid.ldap.sdk.schema.Schema schema;

    public CompareAndSet(com.unboundid.ldap.sdk.schema.Schema schema) {
        this.schema = schema;
    }

    /** None where an entry without a revision stays as it is. */
    public List<Modification> between(ReadOnlyEntry seen, Entry wanted) {
        // The revision comes first: of several that fail, the first decides the result code.
        List<Modification> all = new ArrayList<>(raised(seen));
        Set<String> whole = new LinkedHashSet<>();
        // Byte for byte: a value that changes in nothing but case is a change too.
        for (Modification one : Entry.diff(seen, wanted, false, true, true)) {
            String name = one.getAttributeName();
            if (hasNoEqualityRule(name)) {
                whole.add(name);
            } else if (!name.equalsIgnoreCase(Schema.REVISION)) {
                all.add(one);
            }
        }
        whole.forEach(name -> exchangeWhole(name, seen, wanted, all));
        MOVING.forEach(name -> name(name, seen, wanted, all));
        return all;
    }

    /** What raises the revision of the entry as it was seen, and of no other; nothing where it has none. */
    public static List<Modification> raised(ReadOnlyEntry seen) {
        Long revision = seen.getAttributeValueAsLong(Schema.REVISION);
        return revision == null
                ? List.of()
                : List.of(
                        new Modification(ModificationType.DELETE, Schema.REVISION, Long.toString(revision)),
                        new Modification(ModificationType.ADD, Schema.REVISION, Long.toString(revision + 1)));
    }

    /** What the entry matches while it is as it was seen; without a revision, while it has all of its values (RFC 4528). */
    public Filter asSeen(ReadOnlyEntry seen) {
        String revision = seen.getAttributeValue(Schema.REVISION);
        if (revision != null) {
            return Filter.createEqualityFilter(Schema.REVISION, revision);
        }
        return Filter.createANDFilter(seen.getAttributes().stream()
                .filter(attribute -> !hasNoEqualityRule(attribute.getName()))
                .flatMap(attribute -> Arrays.stream(attribute.getValueByteArrays())
                        .map(value -> Filter.createEqualityFilter(attribute.getName(), value)))
                .toList());
    }

    /** Single values of such an attribute (a photo) can't be named in LDAP: all go, the wanted ones come. */
    private static void exchangeWhole(String name, ReadOnlyEntry seen, Entry wanted, List<Modification> all) {
        if (seen.hasAttribute(name)) {
            all.add(new Modification(ModificationType.DELETE, name));
        }
        Attribute values = wanted.getAttribute(name);
        if (values != null) {
            all.add(new Modification(ModificationType.ADD, name, values.getRawValues()));
        }
    }

    private static void name(String name, ReadOnlyEntry seen, Entry wanted, List<Modification> all) {
        String value = seen.getAttributeValue(name);
        if (value != null && value.equals(wanted.getAttributeValue(name))) {
            all.add(new Modification(ModificationType.DELETE, name, value));
            all.add(new Modification(ModificationType.ADD, name, value));
        }
    }

    private boolean hasNoEqualityRule(String name) {
        AttributeTypeDefinition type = schema.getAttributeType(Attribute.getBaseName(name));
        return type != null && type.getEqualityMatchingRule(schema) == null;
    }
}
