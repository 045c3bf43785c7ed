package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.UUID;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.Tokens.Creation;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Origin;

/** The steps in earnest. A row that is run again finds its mark on what it did, and goes on behind that. */
@Dependent
final class Execution implements CreationSteps {

    private final Tokens tokens;
    private final Enrolments enrolments;
    private final DevicePairing pairing;

    @Inject
    Execution(Tokens tokens, Enrolments enrolments, DevicePairing pairing) {
        this.tokens = tokens;
        this.enrolments = enrolments;
        this.pairing = pairing;
    }

    @Override
    public boolean create(Environment environment, NewToken token, Origin origin) {
        return tokens.create(environment, token, origin) == Creation.CREATED;
    }

    @Override
    public void pair(Environment environment, UUID person, NewDevice device, Origin origin) {
        if (!enrolments.isMarkedBy(environment, person, origin.toString())) {
            pairing.pair(environment, person, device, origin.toString());
        }
    }
}
