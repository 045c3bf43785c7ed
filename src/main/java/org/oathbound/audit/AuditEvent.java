package org.oathbound.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened. Never holds a secret, a code or a password; a person is named by id only.
 *
 * @param environment where; null for that of the {@link AuditContext}
 * @param object what it was done to: an id, or an LDAP name that is no person's
 * @param reason why it did not succeed, as a code
 * @param person whom it concerns, beside the object
 * @param device which of the person's devices was used
 * @param token which token was given to a person or taken away
 * @param breakGlass the reason that the host's owner gave for break-glass access, where the owner is the caller
 */
public record AuditEvent(
        Action action,
        Outcome outcome,
        @Nullable UUID environment,
        @Nullable String object,
        @Nullable String reason,
        @Nullable UUID person,
        @Nullable UUID device,
        @Nullable String token,
        @Nullable String breakGlass) {

    public AuditEvent(Action action, Outcome outcome) {
        this(action, outcome, null, null, null, null, null, null, null);
    }

    public AuditEvent in(@Nullable UUID where) {
        return new AuditEvent(action, outcome, where, object, reason, person, device, token, breakGlass);
    }

    public AuditEvent object(@Nullable Object what) {
        String text = what == null ? null : what.toString();
        return new AuditEvent(action, outcome, environment, text, reason, person, device, token, breakGlass);
    }

    public AuditEvent reason(@Nullable String why) {
        return new AuditEvent(action, outcome, environment, object, why, person, device, token, breakGlass);
    }

    public AuditEvent person(@Nullable UUID whom) {
        return new AuditEvent(action, outcome, environment, object, reason, whom, device, token, breakGlass);
    }

    public AuditEvent device(@Nullable UUID which) {
        return new AuditEvent(action, outcome, environment, object, reason, person, which, token, breakGlass);
    }

    public AuditEvent token(@Nullable Object which) {
        String text = which == null ? null : which.toString();
        return new AuditEvent(action, outcome, environment, object, reason, person, device, text, breakGlass);
    }

    public AuditEvent breakGlass(@Nullable String why) {
        return new AuditEvent(action, outcome, environment, object, reason, person, device, token, why);
    }
}
