package org.oathbound.application.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Documents;
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
        Entry entry = Attributes.newEntry(nameOf(environment, application.id()), Schema.OATHBOUND_APPLICATION);
        Attributes.put(entry, Schema.CREATED_AT, application.createdAt());
        Attributes.put(entry, Schema.SECRET_HASH, secretHash);
        return with(entry, application.registration());
    }

    /** The entry as it shall be. */
    static Entry with(Entry entry, Registration registration) {
        Entry changed = Attributes.with(entry, Schema.NAME, registration.name());
        Attributes.put(changed, Schema.ENABLED, registration.enabled() ? null : false);
        Attributes.put(changed, Schema.ROLE, Role.titles(registration.roles()));
        Attributes.put(changed, Schema.REDIRECT_URI, registration.redirectUris());
        Documents.store(changed, Documents.parse(registration.description()));
        return changed;
    }

    /** The entry with another secret; the one before is good until then. */
    static Entry withSecret(Entry entry, String secretHash, @Nullable Instant formerUntil) {
        Entry changed = Attributes.with(entry, Schema.SECRET_HASH, secretHash);
        Optional<String> former = secretHash(entry).filter(hash -> formerUntil != null);
        Attributes.put(changed, Schema.FORMER_SECRET_HASH, former.orElse(null));
        Attributes.put(changed, Schema.FORMER_SECRET_UNTIL, former.isPresent() ? formerUntil : null);
        return changed;
    }

    static Entry updated(Entry entry, Instant now) {
        return Attributes.with(entry, Schema.UPDATED_AT, now);
    }

    /** Roles that this version does not know permit nothing and are left out. */
    static Application read(UUID environment, Entry entry) {
        return UnreadableEntries.naming(
                entry.getDN(),
                () -> new Application(
                        Attributes.uuid(entry, Schema.ID),
                        environment,
                        registration(entry),
                        secretHash(entry).isEmpty(),
                        Attributes.time(entry, Schema.CREATED_AT),
                        Attributes.timeOrNull(entry, Schema.UPDATED_AT)));
    }

    /** Empty for an application that has no secret and can't sign in by one. */
    static Optional<String> secretHash(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue(Schema.SECRET_HASH));
    }

    /** The one before, while it is still good. */
    static Optional<String> formerSecretHash(Entry entry, Instant now) {
        return Optional.ofNullable(entry.getAttributeValue(Schema.FORMER_SECRET_HASH))
                .filter(hash -> entry.hasAttribute(Schema.FORMER_SECRET_UNTIL)
                        && now.isBefore(Attributes.time(entry, Schema.FORMER_SECRET_UNTIL)));
    }

    static Set<Role> roles(Entry entry) {
        return Attributes.values(entry, Schema.ROLE).stream()
                .map(Role::titled)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** Of an application, and of a person's enrolment; absent is yes. */
    static boolean isEnabled(Entry entry) {
        return !"FALSE".equals(entry.getAttributeValue(Schema.ENABLED));
    }

    private static Registration registration(Entry entry) {
        return new Registration(
                Optional.ofNullable(entry.getAttributeValue(Schema.NAME)).orElse(""),
                isEnabled(entry),
                roles(entry),
                Attributes.values(entry, Schema.REDIRECT_URI),
                Documents.stored(entry).toString());
    }
}
