package org.oathbound.access.entity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A program that may call (a worker application).
 *
 * @param id its {@code client_id}
 * @param environment the only environment that it has access to
 */
public record Application(UUID id, UUID environment, String name, Set<Role> roles, Instant createdAt) {

    public Application {
        roles = Set.copyOf(roles);
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permits(permission));
    }
}
