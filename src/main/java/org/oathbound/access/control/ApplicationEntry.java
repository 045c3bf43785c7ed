package org.oathbound.access.control;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.StaticUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oathbound.access.entity.Application;
import org.oathbound.access.entity.Role;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;

/** An application as an entry of the directory, there and back. */
final class ApplicationEntry {

    private ApplicationEntry() {}

    static DN nameOf(Environment environment, UUID id) {
        return new DN(new RDN(Schema.ID, id.toString()), environment.applications());
    }

    static Entry of(Environment environment, Application application, String secretHash) {
        return new Entry(
                nameOf(environment, application.id()),
                new Attribute(Schema.OBJECT_CLASS, Schema.OATHBOUND_APPLICATION),
                new Attribute(Schema.ID, application.id().toString()),
                new Attribute(Schema.REVISION, "0"),
                new Attribute(Schema.NAME, application.name()),
                new Attribute(
                        Schema.ROLE,
                        application.roles().stream().map(Role::title).toList()),
                new Attribute(Schema.SECRET_HASH, secretHash),
                new Attribute(
                        Schema.CREATED_AT,
                        StaticUtils.encodeGeneralizedTime(
                                application.createdAt().toEpochMilli())));
    }

    /** Roles that this version does not know permit nothing and are left out. */
    static Application read(UUID environment, Entry entry) {
        try {
            return new Application(
                    UUID.fromString(required(entry, Schema.ID)),
                    environment,
                    Optional.ofNullable(entry.getAttributeValue(Schema.NAME)).orElse(""),
                    roles(entry),
                    createdAt(entry));
        } catch (ParseException | IllegalArgumentException e) {
            throw new Problem.Corrupt("The application " + entry.getDN() + " can't be read.");
        }
    }

    /** Nothing for an application that has no secret and can't sign in by one. */
    static Optional<String> secretHash(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue(Schema.SECRET_HASH));
    }

    private static String required(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute))
                .orElseThrow(() -> new IllegalArgumentException("no " + attribute));
    }

    private static Set<Role> roles(Entry entry) {
        String[] titles = entry.getAttributeValues(Schema.ROLE);
        return Stream.ofNullable(titles)
                .flatMap(Stream::of)
                .map(Role::titled)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Instant createdAt(Entry entry) throws ParseException {
        return StaticUtils.decodeGeneralizedTime(required(entry, Schema.CREATED_AT))
                .toInstant();
    }
}
