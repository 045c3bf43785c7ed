package org.oathbound.application.control;

import jakarta.security.enterprise.CallerPrincipal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.application.entity.Role;
import org.oathbound.environment.Environment;

/** The caller of a request; the name holds the caller's kind and id. */
public final class RequestPrincipal extends CallerPrincipal {

    private final transient Environment environment;
    private final transient Set<Role> roles;
    private final transient UUID application;
    private final transient @Nullable BreakGlassPass breakGlass;
    private final transient @Nullable PersonSession session;

    private RequestPrincipal(
            String name,
            Environment environment,
            Set<Role> roles,
            UUID application,
            @Nullable BreakGlassPass breakGlass,
            @Nullable PersonSession session) {
        super(name);
        this.environment = environment;
        this.roles = Set.copyOf(roles);
        this.application = application;
        this.breakGlass = breakGlass;
        this.session = session;
    }

    /** An application that calls by itself. */
    public static RequestPrincipal application(Environment environment, Application application) {
        return new RequestPrincipal(
                "application:" + application.id(), environment, application.roles(), application.id(), null, null);
    }

    /** A person of ours who has signed in with an application; the person's own roles say what the person may do. */
    public static RequestPrincipal person(Environment environment, UUID person, Set<Role> roles, UUID application) {
        // Signing in with an application always takes a code.
        return new RequestPrincipal(
                "person:" + person, environment, roles, application, null, new PersonSession(person, true));
    }

    /**
     * A person of ours who has signed in without an application.
     *
     * @param roles the person's; they count only if the person gave a code, as at every sign-in of a person with roles
     */
    public static RequestPrincipal person(Environment environment, PersonSession session, Set<Role> roles) {
        return new RequestPrincipal(
                "person:" + session.person(),
                environment,
                session.withCode() ? roles : Set.of(),
                PersonSession.CLIENT_ID,
                null,
                session);
    }

    /**
     * A caller with an access token of another issuer.
     *
     * @param issuer as our configuration calls it
     * @param subject the caller's name at the issuer
     */
    public static RequestPrincipal foreign(Environment environment, String issuer, String subject, Set<Role> roles) {
        UUID application = UUID.nameUUIDFromBytes(issuer.getBytes(StandardCharsets.UTF_8));
        return new RequestPrincipal("foreign:" + issuer + ":" + subject, environment, roles, application, null, null);
    }

    /** The host's owner, with the rights of an administrator. */
    public static RequestPrincipal breakGlass(Environment environment, BreakGlassPass pass) {
        return new RequestPrincipal(
                "breakGlass:" + pass.id(), environment, Role.ADMINISTRATOR, BreakGlassPass.CLIENT_ID, pass, null);
    }

    /** The only environment that the caller has access to. */
    public Environment environment() {
        return environment;
    }

    public Set<Role> roles() {
        return roles;
    }

    public boolean may(Permission permission) {
        return roles.stream().anyMatch(role -> role.permits(permission));
    }

    /** Whether the caller's roles reach as high as each of these stands. */
    public boolean mayChangeHolderOf(Set<Role> others) {
        return Role.mayChange(roles, others);
    }

    /** The application that sent the request, by itself or for a person; for all of a foreign issuer's callers the same. */
    public UUID application() {
        return application;
    }

    /** The caller's person id; empty for an application, a foreign issuer's caller and the host's owner. */
    public Optional<UUID> person() {
        return Optional.ofNullable(session).map(PersonSession::person);
    }

    /** Whether it is this person of ours. */
    public boolean is(UUID someone) {
        return session != null && session.person().equals(someone);
    }

    /** Whether the caller is a person of ours who has given a code. */
    public boolean withCode() {
        return session != null && session.withCode();
    }

    /** Whether the caller has a permission to read what belongs to others, whichever it is. */
    public boolean mayReadAny() {
        return Stream.of(Permission.values())
                .filter(permission -> permission.name().startsWith("READ_"))
                .anyMatch(this::may);
    }

    /** The pass and its reason, where the caller is the host's owner with break-glass access. */
    public Optional<BreakGlassPass> breakGlass() {
        return Optional.ofNullable(breakGlass);
    }
}
