package org.oathbound.job.control;

import java.util.Optional;
import java.util.UUID;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;

/** The steps of a preview: they find out what would happen, and change nothing. */
final class PreviewSteps implements CreationSteps {

    private final Tokens tokens;
    private final DevicePairing pairing;
    private final Enrolments enrolments;
    private final PlannedTokens planned;

    /** @param planned tokens that earlier rows of the job would create; grows with those of this one */
    PreviewSteps(Tokens tokens, DevicePairing pairing, Enrolments enrolments, PlannedTokens planned) {
        this.tokens = tokens;
        this.pairing = pairing;
        this.enrolments = enrolments;
        this.planned = planned;
    }

    @Override
    public Optional<Existing> create(Environment environment, NewToken token, JobRow origin) {
        Optional<Existing> existing = tokens.check(environment, token, origin);
        return existing.isPresent() ? existing : planned.add(token.serialNumber(), tokens.fingerprint(token.secret()));
    }

    @Override
    public void pair(Environment environment, UUID person, NewDevice device, JobRow origin) {
        if (enrolments.isMarkedBy(environment, person, origin.toString())) {
            return; // the job was stopped behind this row, and looks at all of them again
        }
        pairing.check(environment, person, device);
        if (device.kind() instanceof NewDevice.App(AppSecret app) && app != null) {
            tokens.requireFree(environment, app.secret());
            planned.add(null, tokens.fingerprint(app.secret()));
        }
    }
}
