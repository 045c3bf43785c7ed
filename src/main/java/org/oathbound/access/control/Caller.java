package org.oathbound.access.control;

import jakarta.security.enterprise.CallerPrincipal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.entity.Application;
import org.oathbound.access.entity.BreakGlassPass;
import org.oathbound.access.entity.Permission;
import org.oathbound.access.entity.Role;
import org.oathbound.environment.Environment;

/** Who sent the request; the name says what he is and his id. */
public final class Caller extends CallerPrincipal {

    private final transient Environment environment;
    private final transient Set<Role> roles;
    private final transient UUID application;
    private final transient @Nullable BreakGlassPass breakGlass;

    private Caller(
            String name,
            Environment environment,
            Set<Role> roles,
            UUID application,
            @Nullable BreakGlassPass breakGlass) {
        super(name);
        this.environment = environment;
        this.roles = Set.copyOf(roles);
        this.application = application;
        this.breakGlass = breakGlass;
    }

    /** An application that calls by itself. */
    public static Caller application(Environment environment, Application application) {
        return new Caller("application:" + application.id(), environment, application.roles(), application.id(), null);
    }

    /** A person of ours who has signed in with an application; what he may do is his own roles' matter. */
    public static Caller person(Environment environment, UUID person, Set<Role> roles, UUID application) {
        return new Caller("person:" + person, environment, roles, application, null);
    }

    /**
     * Somebody that another issuer vouches for.
     *
     * @param issuer as our configuration calls it
     * @param subject as the issuer calls him
     */
    public static Caller foreign(Environment environment, String issuer, String subject, Set<Role> roles) {
        UUID application = UUID.nameUUIDFromBytes(issuer.getBytes(StandardCharsets.UTF_8));
        return new Caller("foreign:" + issuer + ":" + subject, environment, roles, application, null);
    }

    /** The host's owner, with the rights of an administrator. */
    static Caller breakGlass(Environment environment, BreakGlassPass pass) {
        return new Caller("breakGlass:" + pass.id(), environment, Role.ADMINISTRATOR, BreakGlassPass.CLIENT_ID, pass);
    }

    /** The only environment that he has access to. */
    public Environment environment() {
        return environment;
    }

    public Set<Role> roles() {
        return roles;
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permits(permission));
    }

    /** Whether none of these roles stands above his own. */
    public boolean mayChangeHolderOf(Set<Role> others) {
        return Role.rank(others) <= Role.rank(roles);
    }

    /** The application that sent the request, by itself or for a person; for all of a foreign issuer's callers the same. */
    public UUID application() {
        return application;
    }

    /** Why and by which pass, where the host's owner has broken the glass. */
    public Optional<BreakGlassPass> breakGlass() {
        return Optional.ofNullable(breakGlass);
    }
}
