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
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Problem;

/**
 * What is set for an environment as attributes of its own entry, and back. A setting that was never changed has no
 * value.
 */
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
        OathSettings oath = settings.oath();
        Entry entry = Attributes.with(
                seen,
                Schema.OATH_SETTINGS,
                oath.equals(OathSettings.DEFAULT) ? null : OathSettingsDocument.write(oath));
        MfaSettings mfa = settings.mfa();
        Attributes.put(entry, Schema.MFA_SETTINGS, mfa.equals(MfaSettings.DEFAULT) ? null : mfa.document());
        List<Policy> policies = settings.policies().equals(first(environment))
                ? List.of()
                : settings.policies().all();
        Attributes.put(
                entry, Schema.POLICY, policies.stream().map(Policy::document).toList());
        return entry;
    }

    private static Policies policies(Environment environment, Entry entry) {
        List<Policy> stored = Attributes.values(entry, Schema.POLICY).stream()
                .map(value -> read(entry, Schema.POLICY, value, Policy::read))
                .toList();
        try {
            return stored.isEmpty() ? first(environment) : new Policies(stored);
        } catch (IllegalArgumentException e) {
            throw Attributes.unreadable(entry, Schema.POLICY);
        }
    }

    private static Policies first(Environment environment) {
        return new Policies(List.of(Policy.first(environment)));
    }

    private static <T> Optional<T> single(Entry entry, String attribute, Function<JsonObject, T> reader) {
        return Attributes.values(entry, attribute).stream()
                .map(value -> read(entry, attribute, value, reader))
                .findFirst();
    }

    private static <T> T read(Entry entry, String attribute, String value, Function<JsonObject, T> reader) {
        try {
            return reader.apply(Json.createReader(new StringReader(value)).readObject());
        } catch (JsonException | Problem.InvalidData e) {
            throw Attributes.unreadable(entry, attribute);
        }
    }
}
