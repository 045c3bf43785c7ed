package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;

/**
 * An identity of ours as an LDAP entry, and back. An administrator may change it through LDAP, all but what is ours in it,
 * so anything else is read whatever it is, and written only where it shall be another.
 */
final class PersonEntry {

    /** Matches the entries of people of ours. */
    static final Filter OURS = Filter.createEqualityFilter(Schema.OBJECT_CLASS, Schema.OATHBOUND_PERSON);

    /** Stands for a family name, which LDAP requires of every person (RFC 4519 section 3.12). */
    private static final String NO_FAMILY_NAME = "-";

    private PersonEntry() {}

    static DN dn(Environment environment, Username username) {
        return new DN(new RDN(Schema.UID, username.value()), environment.people());
    }

    /** Matches the identity of this person, and no other. */
    static Filter isOf(UUID person) {
        return Filter.createANDFilter(OURS, Filter.createEqualityFilter(Schema.ID, person.toString()));
    }

    /** Whether it is an identity with that id, also when that is no UUID. */
    static boolean hasId(Entry entry, String id) {
        return isOurs(entry) && id.equalsIgnoreCase(entry.getAttributeValue(Schema.ID));
    }

    static boolean isOurs(Entry entry) {
        return entry.hasObjectClass(Schema.OATHBOUND_PERSON);
    }

    static UUID id(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> Attributes.uuid(entry, Schema.ID));
    }

    /** @param passwordHash null for none */
    static Entry of(Environment environment, UUID person, Profile profile, @Nullable String passwordHash, Instant now) {
        Entry entry = Attributes.newEntry(
                dn(environment, profile.username()),
                "top",
                "person",
                "organizationalPerson",
                Schema.INET_ORG_PERSON,
                Schema.OATHBOUND_PERSON);
        Attributes.put(entry, Schema.CN, profile.commonName());
        Attributes.put(entry, Schema.SN, familyName(profile));
        Attributes.put(entry, Schema.GIVEN_NAME, profile.given());
        Attributes.put(entry, Schema.MAIL, profile.email());
        Attributes.put(entry, Schema.USER_PASSWORD, passwordHash);
        Attributes.put(entry, Schema.ID, person);
        Attributes.put(entry, Schema.POPULATION, environment.defaultPopulation());
        Attributes.put(entry, Schema.CREATED_AT, now);
        Attributes.put(entry, Schema.UPDATED_AT, now);
        return entry;
    }

    /** The attributes that a query for people is held against, for a person whose entry is in a corporate directory. */
    static Entry queried(DN name, UUID person, Profile profile) {
        Entry entry = new Entry(name);
        entry.addAttribute(Schema.OBJECT_CLASS, Schema.OATHBOUND_PERSON);
        entry.addAttribute(Schema.ID, person.toString());
        entry.addAttribute(Schema.UID, profile.username().value());
        Attributes.put(entry, Schema.MAIL, profile.email());
        Attributes.put(entry, Schema.GIVEN_NAME, profile.given());
        Attributes.put(entry, Schema.SN, profile.family());
        return entry;
    }

    /**
     * The entry as it shall be, but for its name.
     *
     * @param before what was asked to become {@code after}
     */
    static Entry with(Entry entry, Profile before, Profile after, Instant now) {
        Entry changed = entry.duplicate();
        if (!after.commonName().equals(before.commonName())) {
            Attributes.put(changed, Schema.CN, after.commonName());
        }
        if (!Objects.equals(after.family(), before.family())) {
            Attributes.put(changed, Schema.SN, familyName(after));
        }
        if (!Objects.equals(after.given(), before.given())) {
            Attributes.put(changed, Schema.GIVEN_NAME, after.given());
        }
        if (!Objects.equals(after.email(), before.email())) {
            Attributes.put(changed, Schema.MAIL, after.email());
        }
        Attributes.put(changed, Schema.UPDATED_AT, now);
        return changed;
    }

    /** Whether the password is good for nothing but to be changed by the person. */
    static boolean mustChangePassword(Entry entry) {
        return Attributes.isTrue(entry, Schema.MUST_CHANGE_PASSWORD);
    }

    /** @param mustChange whether that password is good for nothing but to be changed by the person */
    static Entry withPassword(Entry entry, String passwordHash, boolean mustChange, Instant now) {
        Entry changed = Attributes.with(entry, Schema.USER_PASSWORD, passwordHash);
        Attributes.put(changed, Schema.MUST_CHANGE_PASSWORD, mustChange ? true : null);
        Attributes.put(changed, Schema.UPDATED_AT, now);
        return changed;
    }

    /**
     * The person; {@link Problem.Corrupt} when any part of the entry can't be read.
     *
     * @param enrolment the person's, with the DN of this entry
     */
    static Person person(Enrolment enrolment, Entry entry) {
        return UnreadableEntries.naming(
                entry.getDN(),
                () -> new Person(
                        enrolment,
                        profile(entry),
                        Attributes.uuid(entry, Schema.POPULATION),
                        Attributes.time(entry, Schema.CREATED_AT),
                        Attributes.time(entry, Schema.UPDATED_AT)));
    }

    static Profile profile(Entry entry) {
        String family = entry.getAttributeValue(Schema.SN);
        return new Profile(
                username(entry),
                entry.getAttributeValue(Schema.MAIL),
                entry.getAttributeValue(Schema.GIVEN_NAME),
                NO_FAMILY_NAME.equals(family) ? null : family);
    }

    /** By what the entry is named; LDAP may have given it another kind of name, or further user names. */
    private static Username username(Entry entry) {
        RDN name = Directory.nameOf(entry).getRDN();
        for (int i = 0; i < name.getAttributeNames().length; i++) {
            if (name.getAttributeNames()[i].equalsIgnoreCase(Schema.UID)) {
                return new Username(name.getAttributeValues()[i]);
            }
        }
        String uid = entry.getAttributeValue(Schema.UID);
        return new Username(uid == null ? name.getAttributeValues()[0] : uid);
    }

    private static String familyName(Profile profile) {
        return profile.family() == null ? NO_FAMILY_NAME : profile.family();
    }
}
