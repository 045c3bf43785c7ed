package org.oathbound.person.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.Reference;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;

/**
 * A user as PingOne's API shows it, and our own {@code codeRequired}. What PingOne knows in several states and is always
 * the same here is there for clients that look for it.
 */
public record UserJson(
        @JsonbProperty("_links") Map<String, Link> links,
        UUID id,
        Reference environment,
        Account account,
        Instant createdAt,
        @Nullable String email,
        boolean enabled,
        Map<String, String> identityProvider,
        Map<String, String> lifecycle,
        boolean mfaEnabled,
        boolean codeRequired,
        @Nullable Name name,
        Reference population,
        Instant updatedAt,
        String username,
        String verifyStatus) {

    /**
     * Whether the person's password lets in from everywhere: {@code OK}; or {@code LOCKED} after too many wrong ones, from
     * strangers or from a network of the person's.
     *
     * @param canAuthenticate false as well for a person who is disabled
     * @param unlockAt when the last of the locks ends; null where there is none
     */
    public record Account(
            boolean canAuthenticate,
            String status,
            @Nullable Instant unlockAt) {

        static Account of(Enrolment enrolment, Instant now) {
            Instant lockedUntil = enrolment.passwordLockedUntil();
            return lockedUntil == null || !now.isBefore(lockedUntil)
                    ? new Account(enrolment.enabled(), "OK", null)
                    : new Account(false, "LOCKED", lockedUntil);
        }
    }

    /** The person's name. */
    public record Name(@Nullable String given, @Nullable String family) {}

    static UserJson of(UUID environment, Person person, Links links, Instant now) {
        Profile profile = person.profile();
        return new UserJson(
                links(environment, person, links),
                person.id(),
                new Reference(environment),
                Account.of(person.enrolment(), now),
                person.createdAt(),
                profile.email(),
                person.enrolment().enabled(),
                Map.of("type", "PING_ONE"),
                Map.of("status", "ACCOUNT_OK"),
                person.enrolment().mfaEnabled(),
                person.enrolment().codeRequired(),
                profile.given() == null && profile.family() == null
                        ? null
                        : new Name(profile.given(), profile.family()),
                new Reference(person.population()),
                person.updatedAt(),
                profile.username().value(),
                "NOT_INITIATED");
    }

    private static Map<String, Link> links(UUID environment, Person person, Links links) {
        String id = person.id().toString();
        Map<String, Link> all = links.of(environment, UsersResource.NAME, id);
        all.put("devices", links.environment(environment, UsersResource.NAME, id, "devices"));
        return all;
    }
}
