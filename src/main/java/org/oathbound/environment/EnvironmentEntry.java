package org.oathbound.environment;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Problem;

/** What is set for an environment as attributes of its own entry, and back. What nobody has changed has no value. */
final class EnvironmentEntry {

    private EnvironmentEntry() {}

    static EnvironmentSettings settings(Environment environment, Entry entry) {
        return new EnvironmentSettings(
                single(entry, Schema.OATH_SETTINGS, OathSettingsDocument::read).orElse(OathSettings.DEFAULT),
                single(entry, Schema.MFA_SETTINGS, MfaSettings::read).orElse(MfaSettings.DEFAULT),
                policies(environment, entry));
    }

    /** The entry with other settings. */
    static Entry with(Environment environment, ReadOnlyEntry seen, EnvironmentSettings settings) {
        Entry entry = seen.duplicate();
        OathSettings oath = settings.oath();
        put(
                entry,
                Schema.OATH_SETTINGS,
                oath.equals(OathSettings.DEFAULT) ? List.of() : List.of(OathSettingsDocument.write(oath)));
        MfaSettings mfa = settings.mfa();
        put(entry, Schema.MFA_SETTINGS, mfa.equals(MfaSettings.DEFAULT) ? List.of() : List.of(mfa.document()));
        List<Policy> policies = settings.policies().equals(first(environment))
                ? List.of()
                : settings.policies().all();
        put(entry, Schema.POLICY, policies.stream().map(Policy::document).toList());
        return entry;
    }

    private static Policies policies(Environment environment, Entry entry) {
        List<Policy> stored = values(entry, Schema.POLICY)
                .map(value -> read(entry, Schema.POLICY, value, Policy::read))
                .toList();
        try {
            return stored.isEmpty() ? first(environment) : new Policies(stored);
        } catch (IllegalArgumentException e) {
            throw corrupt(entry, Schema.POLICY);
        }
    }

    private static Policies first(Environment environment) {
        return new Policies(List.of(Policy.first(environment)));
    }

    private static <T> Optional<T> single(Entry entry, String attribute, Function<JsonObject, T> reader) {
        return values(entry, attribute)
                .map(value -> read(entry, attribute, value, reader))
                .findFirst();
    }

    private static <T> T read(Entry entry, String attribute, String value, Function<JsonObject, T> reader) {
        try {
            return reader.apply(Json.createReader(new StringReader(value)).readObject());
        } catch (JsonException | Problem.InvalidData e) {
            throw corrupt(entry, attribute);
        }
    }

    private static Stream<String> values(Entry entry, String attribute) {
        String[] values = entry.getAttributeValues(attribute);
        return values == null ? Stream.of() : Stream.of(values);
    }

    private static void put(Entry entry, String attribute, List<JsonObject> documents) {
        if (documents.isEmpty()) {
            entry.removeAttribute(attribute);
        } else {
            entry.setAttribute(
                    attribute, documents.stream().map(JsonObject::toString).toList());
        }
    }

    private static Problem.Corrupt corrupt(Entry entry, String attribute) {
        return new Problem.Corrupt("The entry " + entry.getDN() + " has no readable " + attribute + ".");
    }
}
