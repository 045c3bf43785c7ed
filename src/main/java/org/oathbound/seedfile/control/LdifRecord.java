package org.oathbound.seedfile.control;

import com.unboundid.ldap.sdk.Entry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of an LDIF file.
 *
 * @param line where it begins, from 1
 * @param entry null when the record can't be read
 * @param fault why it can't be read; empty when it can
 */
record LdifRecord(int line, @Nullable Entry entry, String fault) {

    /** The values of an attribute as text. */
    List<String> values(String attribute) {
        String[] values = entry == null ? null : entry.getAttributeValues(attribute);
        return values == null
                ? List.of()
                : Arrays.stream(values).map(String::strip).toList();
    }

    /** The first value of an attribute; empty when it has none. */
    String value(String attribute) {
        List<String> values = values(attribute);
        return values.isEmpty() ? "" : values.getFirst();
    }

    @Override
    public String toString() {
        return "LdifRecord[" + line + "]";
    }
}
