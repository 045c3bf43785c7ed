package org.oathbound.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request that the current thread handles, and from where: each interface {@linkplain #enter opens} it
 * for one request and closes it in a {@code finally}, so that no request sees another one's caller. Where no request is
 * under way, the service itself acts.
 *
 * @param environment the actor's environment, if that is known
 * @param actor {@code application:{id}}, {@code person:{id}}, {@code breakGlass:{id}}, {@code ldap:{dn}}, {@link #ANONYMOUS}
 *     or {@link #SERVICE}
 * @param correlationId what all lines of one request have in common
 * @param address the client's, as far as the proxies before us are trusted
 * @param object the object of the call, where its path does not name it
 * @param person the person whom the call concerns, where its path does not name them
 * @param token which the call gives to a person or takes away
 * @param ticket the caller's own number for why this is done
 */
public record AuditContext(
        @Nullable UUID environment,
        String actor,
        @Nullable String correlationId,
        @Nullable String address,
        @Nullable String object,
        @Nullable UUID person,
        @Nullable String token,
        @Nullable String ticket) {

    public static final String ANONYMOUS = "anonymous";
    public static final String SERVICE = "service";

    private static final AuditContext NO_REQUEST = new AuditContext(null, SERVICE, null);
    private static final ThreadLocal<AuditContext> CURRENT = new ThreadLocal<>();

    public AuditContext(@Nullable UUID environment, String actor, @Nullable String correlationId) {
        this(environment, actor, correlationId, null, null, null, null, null);
    }

    /** A client at this address that has not authenticated yet. */
    public static AuditContext from(String address) {
        return new AuditContext(null, ANONYMOUS, null, address, null, null, null, null);
    }

    public static AuditContext current() {
        AuditContext context = CURRENT.get();
        return context == null ? NO_REQUEST : context;
    }

    /**
     * Replaces the context of the request under way; the new one lasts until the request ends. Does nothing where no
     * request is under way: it would never be undone.
     */
    public static void become(AuditContext context) {
        if (CURRENT.get() != null) {
            CURRENT.set(context);
        }
    }

    /** The request under way turns out to concern this person. */
    public static void concern(UUID whom) {
        AuditContext context = current();
        become(context.about(context.object, whom));
    }

    /** The request under way gives this token to a person, or takes it away. */
    public static void involve(Object token) {
        AuditContext before = current();
        become(new AuditContext(
                before.environment,
                before.actor,
                before.correlationId,
                before.address,
                before.object,
                before.person,
                token.toString(),
                before.ticket));
    }

    /** Opens it for this thread; the caller closes it in a {@code finally}. */
    public Scope enter() {
        AuditContext before = CURRENT.get();
        CURRENT.set(this);
        return () -> {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        };
    }

    /** Closing it brings back what was before. */
    @FunctionalInterface
    public interface Scope {
        void close();
    }

    public AuditContext by(String who) {
        return new AuditContext(environment, who, correlationId, address, object, person, token, ticket);
    }

    public AuditContext in(@Nullable UUID where) {
        return new AuditContext(where, actor, correlationId, address, object, person, token, ticket);
    }

    public AuditContext correlated(@Nullable String id) {
        return new AuditContext(environment, actor, id, address, object, person, token, ticket);
    }

    public AuditContext about(@Nullable Object what) {
        String text = what == null ? null : what.toString();
        return new AuditContext(environment, actor, correlationId, address, text, person, token, ticket);
    }

    public AuditContext about(@Nullable Object what, @Nullable UUID whom) {
        String text = what == null ? null : what.toString();
        return new AuditContext(environment, actor, correlationId, address, text, whom, token, ticket);
    }

    public AuditContext ticketed(@Nullable String number) {
        return new AuditContext(environment, actor, correlationId, address, object, person, token, number);
    }
}
