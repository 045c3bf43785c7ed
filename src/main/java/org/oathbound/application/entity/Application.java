package org.oathbound.application.entity;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program that may call by itself (a worker application), and that people may sign in with.
 *
 * @param id its {@code client_id}
 * @param environment the only environment that it has access to
 * @param isPublic whether it is a program on people's own machines, which can't keep a secret and has none (RFC 6749
 *     section 2.1); it gets access tokens for people only
 */
public record Application(
        UUID id,
        UUID environment,
        Registration registration,
        boolean isPublic,
        Instant createdAt,
        @Nullable Instant updatedAt) {

    /**
     * The settings that an administrator gives an application.
     *
     * @param enabled one that is not gets no access tokens, and those that it has don't hold
     * @param redirectUris where it waits for people who have signed in; compared as text (RFC 9700 section 2.1)
     * @param description what else the administrator wrote, as JSON; it is read back and has no effect here
     */
    public record Registration(
            String name, boolean enabled, Set<Role> roles, List<String> redirectUris, String description) {

        private static final String NOTHING = "{}";

        public Registration {
            roles = Set.copyOf(roles);
            redirectUris = List.copyOf(redirectUris);
        }

        /** One of which nothing else is said. */
        public Registration(String name, boolean enabled, Set<Role> roles, List<String> redirectUris) {
            this(name, enabled, roles, redirectUris, NOTHING);
        }

        /** A worker application that is enabled. */
        public static Registration worker(String name, Set<Role> roles) {
            return new Registration(name, true, roles, List.of());
        }
    }

    public String name() {
        return registration.name();
    }

    public boolean enabled() {
        return registration.enabled();
    }

    public Set<Role> roles() {
        return registration.roles();
    }
}
