package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.TokenId;

/**
 * The steps in earnest. A row that is run again finds its mark on what it did, and goes on behind that. The audit may be told
 * of it twice then, and is never not told of it.
 */
@Dependent
final class Execution implements CreationSteps {

    private final Tokens tokens;
    private final Enrolments enrolments;
    private final DevicePairing pairing;
    private final RefuseRoleHolders roles;
    private final Audit audit;

    @Inject
    Execution(Tokens tokens, Enrolments enrolments, DevicePairing pairing, RefuseRoleHolders roles, Audit audit) {
        this.tokens = tokens;
        this.enrolments = enrolments;
        this.pairing = pairing;
        this.roles = roles;
        this.audit = audit;
    }

    @Override
    public Optional<Existing> create(Environment environment, NewToken token, JobRow origin) {
        Optional<Existing> existing = tokens.create(environment, token, origin);
        if (existing.isEmpty()) {
            audit.record(new AuditEvent(Action.OATH_TOKEN_CREATE, Outcome.SUCCESS)
                    .object(TokenId.of(environment.id(), token.serialNumber())));
        }
        return existing;
    }

    @Override
    public void pair(Environment environment, UUID person, NewDevice device, JobRow origin) {
        AuditEvent paired = new AuditEvent(Action.DEVICE_PAIR, Outcome.SUCCESS)
                .person(person)
                .token(device.kind() instanceof Fob fob ? TokenId.of(environment.id(), fob.serialNumber()) : null);
        if (!enrolments.isMarkedBy(environment, person, origin.toString())) {
            roles.requireNone(environment, person, device);
            paired = paired.object(pairing.pair(environment, person, device, origin.toString())
                    .device()
                    .device()
                    .id());
        }
        audit.record(paired);
    }
}
