package org.oathbound.application.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Texts;

/** An application as an entry of the directory, there and back. A public one has no secret. */
final class ApplicationEntry {

    private ApplicationEntry() {}

    static DN nameOf(Environment environment, UUID id) {
        return new DN(new RDN(Schema.ID, id.toString()), environment.applications());
    }

    /** The same, back; empty for every other name. */
    static Optional<UUID> idIn(Environment environment, DN name) {
        RDN rdn = name.getRDN();
        return Optional.of(name)
                .filter(entry -> environment.applications().equals(entry.getParent()))
                .filter(entry -> rdn.getAttributeNames().length == 1 && rdn.hasAttribute(Schema.ID))
                .map(entry -> rdn.getAttributeValues()[0])
                .flatMap(Texts::uuid);
    }

    static Entry of(Environment environment, Application application, @Nullable String secretHash) {
        Entry entry = new Entry(nameOf(environment, application.id()));
        entry.addAttribute(Schema.OBJECT_CLASS, Schema.OATHBOUND_APPLICATION);
        entry.addAttribute(Schema.ID, application.id().toString());
        entry.addAttribute(Schema.REVISION, "0");
        entry.addAttribute(Schema.CREATED_AT, GeneralizedTime.of(application.createdAt()));
        if (secretHash != null) {
            entry.addAttribute(Schema.SECRET_HASH, secretHash);
        }
        return with(entry, application.registration());
    }

    /** The entry as it shall be. */
    static Entry with(Entry entry, Registration registration) {
        Entry changed = entry.duplicate();
        changed.setAttribute(Schema.NAME, registration.name());
        put(changed, Schema.ENABLED, registration.enabled() ? List.of() : List.of("FALSE"));
        put(changed, Schema.ROLE, Role.titles(registration.roles()));
        put(changed, Schema.REDIRECT_URI, registration.redirectUris());
        return changed;
    }

    /** The entry with another secret; the one before is good until then. */
    static Entry withSecret(Entry entry, String secretHash, @Nullable Instant formerUntil) {
        Entry changed = entry.duplicate();
        Optional<String> former = secretHash(entry).filter(hash -> formerUntil != null);
        put(changed, Schema.FORMER_SECRET_HASH, former.stream().toList());
        put(
                changed,
                Schema.FORMER_SECRET_UNTIL,
                former.isPresent() && formerUntil != null ? List.of(GeneralizedTime.of(formerUntil)) : List.of());
        changed.setAttribute(Schema.SECRET_HASH, secretHash);
        return changed;
    }

    static Entry updated(Entry entry, Instant now) {
        Entry changed = entry.duplicate();
        changed.setAttribute(Schema.UPDATED_AT, GeneralizedTime.of(now));
        return changed;
    }

    /** Roles that this version does not know permit nothing and are left out. */
    static Application read(UUID environment, Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> {
            String updatedAt = entry.getAttributeValue(Schema.UPDATED_AT);
            return new Application(
                    UUID.fromString(required(entry, Schema.ID)),
                    environment,
                    registration(entry),
                    secretHash(entry).isEmpty(),
                    GeneralizedTime.parse(required(entry, Schema.CREATED_AT)),
                    updatedAt == null ? null : GeneralizedTime.parse(updatedAt));
        });
    }

    /** Nothing for an application that has no secret and can't sign in by one. */
    static Optional<String> secretHash(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue(Schema.SECRET_HASH));
    }

    /** The one before, while it is still good. */
    static Optional<String> formerSecretHash(Entry entry, Instant now) {
        String until = entry.getAttributeValue(Schema.FORMER_SECRET_UNTIL);
        return Optional.ofNullable(entry.getAttributeValue(Schema.FORMER_SECRET_HASH))
                .filter(hash -> until != null && now.isBefore(GeneralizedTime.parse(until)));
    }

    static Set<Role> roles(Entry entry) {
        return values(entry, Schema.ROLE)
                .map(Role::titled)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    static void put(Entry entry, String attribute, List<String> values) {
        if (values.isEmpty()) {
            entry.removeAttribute(attribute);
        } else {
            entry.setAttribute(attribute, values);
        }
    }

    private static Registration registration(Entry entry) {
        return new Registration(
                Optional.ofNullable(entry.getAttributeValue(Schema.NAME)).orElse(""),
                !"FALSE".equals(entry.getAttributeValue(Schema.ENABLED)),
                roles(entry),
                values(entry, Schema.REDIRECT_URI).toList());
    }

    private static String required(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute))
                .orElseThrow(() -> new IllegalArgumentException("no " + attribute));
    }

    private static Stream<String> values(Entry entry, String attribute) {
        return Stream.ofNullable(entry.getAttributeValues(attribute)).flatMap(Stream::of);
    }
}
