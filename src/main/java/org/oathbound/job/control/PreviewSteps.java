package org.oathbound.job.control;

import java.util.Set;
import java.util.UUID;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.TokenId;

/** The steps of a preview: they find out what would happen, and change nothing. */
final class PreviewSteps implements CreationSteps {

    private final Tokens tokens;
    private final DevicePairing pairing;
    private final Set<TokenId> planned;

    /** @param planned tokens that earlier rows of the job would create; grows with those of this one */
    PreviewSteps(Tokens tokens, DevicePairing pairing, Set<TokenId> planned) {
        this.tokens = tokens;
        this.pairing = pairing;
        this.planned = planned;
    }

    @Override
    public boolean create(Environment environment, NewToken token, JobRow origin) {
        TokenId id = TokenId.of(environment.id(), token.serialNumber());
        return tokens.findAny(environment, id).isEmpty() && planned.add(id);
    }

    @Override
    public void pair(Environment environment, UUID person, NewDevice device, JobRow origin) {
        pairing.check(environment, person, device);
    }
}
