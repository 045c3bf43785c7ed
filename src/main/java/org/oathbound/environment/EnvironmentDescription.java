package org.oathbound.environment;

import com.unboundid.ldap.sdk.Entry;
import jakarta.json.JsonObject;
import java.util.Objects;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;

/**
 * What an administrator says of an environment.
 *
 * @param document what PingOne's clients say besides, such as {@code license}, {@code region} and {@code type}, which is read
 *     back and has no effect here
 */
public record EnvironmentDescription(String name, JsonObject document) {

    private static final String UNNAMED = "Default";

    static EnvironmentDescription of(Entry entry) {
        return new EnvironmentDescription(
                Objects.requireNonNullElse(entry.getAttributeValue(Schema.NAME), UNNAMED), Documents.stored(entry));
    }

    void store(Entry entry) {
        Attributes.put(entry, Schema.NAME, name);
        Documents.store(entry, document);
    }
}
