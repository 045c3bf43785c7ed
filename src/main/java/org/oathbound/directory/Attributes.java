package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Problem;

/** The values of an entry's attributes, typed. One that must be there and is not, is {@link Problem.Corrupt}. */
public final class Attributes {

    /** What every entry matches. */
    public static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);

    private Attributes() {}

    public static String text(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute)).orElseThrow(() -> unreadable(entry, attribute));
    }

    /** {@link IllegalArgumentException} when it is none. */
    public static UUID uuid(Entry entry, String attribute) {
        return UUID.fromString(text(entry, attribute));
    }

    public static Instant time(Entry entry, String attribute) {
        return GeneralizedTime.parse(text(entry, attribute));
    }

    public static @Nullable Instant timeOrNull(Entry entry, String attribute) {
        String text = entry.getAttributeValue(attribute);
        return text == null ? null : GeneralizedTime.parse(text);
    }

    public static long number(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValueAsLong(attribute))
                .orElseThrow(() -> unreadable(entry, attribute));
    }

    /** No value is FALSE. */
    public static boolean isTrue(Entry entry, String attribute) {
        return "TRUE".equals(entry.getAttributeValue(attribute));
    }

    public static List<String> values(Entry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? List.of() : List.of(values);
    }

    public static Problem.Corrupt unreadable(Entry entry, String attribute) {
        return new Problem.Corrupt("The entry " + entry.getDN() + " has no readable " + attribute + ".", entry.getDN());
    }

    /** Replaces the attribute's value; null, or a list of nothing, removes it. */
    public static void put(Entry entry, String attribute, @Nullable Object value) {
        List<String> values =
                switch (value) {
                    case null -> List.of();
                    case Instant time -> List.of(GeneralizedTime.of(time));
                    case Boolean truth -> List.of(truth ? "TRUE" : "FALSE");
                    case Collection<?> several ->
                        several.stream().map(Object::toString).toList();
                    default -> List.of(value.toString());
                };
        if (values.isEmpty()) {
            entry.removeAttribute(attribute);
        } else {
            entry.setAttribute(attribute, values);
        }
    }

    /** The same entry with another value. */
    public static Entry with(Entry entry, String attribute, @Nullable Object value) {
        Entry changed = entry.duplicate();
        put(changed, attribute, value);
        return changed;
    }

    /** An entry that begins, with the value that it is named by. */
    public static Entry newEntry(DN name, String... objectClasses) {
        Entry entry = named(name, objectClasses);
        entry.addAttribute(Schema.REVISION, "0");
        return entry;
    }

    /** One that only has others below it. */
    public static Entry newContainer(DN name) {
        return named(name, "organizationalUnit");
    }

    private static Entry named(DN name, String... objectClasses) {
        Entry entry = new Entry(name);
        entry.addAttribute(Schema.OBJECT_CLASS, objectClasses);
        RDN rdn = name.getRDN();
        entry.addAttribute(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0]);
        return entry;
    }
}
