package org.oathbound.directory;

import com.unboundid.ldap.sdk.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.oathbound.problem.Texts;

/**
 * The {@code entryUUID} of an entry (RFC 4530), which is not stored: the id of the entry or token, in lower case. Where an entry
 * has no id that is a UUID it is one of its name, so that it stays while the name does.
 */
public final class EntryUuid {

    private EntryUuid() {}

    public static String of(Entry entry) {
        return Stream.of(Schema.ID, Schema.TOKEN_IDENTIFIER)
                .map(entry::getAttributeValue)
                .filter(Texts::isUuid)
                .findFirst()
                .map(id -> id.toLowerCase(Locale.ROOT))
                .orElseGet(() -> ofName(entry));
    }

    /** Whether it is that of the entry's name. */
    public static boolean isOfName(Entry entry) {
        return !Texts.isUuid(entry.getAttributeValue(Schema.ID))
                && !Texts.isUuid(entry.getAttributeValue(Schema.TOKEN_IDENTIFIER));
    }

    private static String ofName(Entry entry) {
        String name = Schema.ENTRY_UUID + " " + Directory.nameOf(entry).toNormalizedString();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
