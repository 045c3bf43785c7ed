package org.oathbound.job.control;

import java.util.Optional;
import java.util.UUID;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;

/** The steps of a row that creates a token, executed or only previewed. */
sealed interface CreationSteps permits Execution, PreviewSteps {

    /** Creates the token; what has the serial number already, or empty. Throws as {@code Tokens} does. */
    Optional<Existing> create(Environment environment, NewToken token, JobRow origin);

    /** Pairs it, or an authenticator app; throws as {@code DevicePairing} does. */
    void pair(Environment environment, UUID person, NewDevice device, JobRow origin);
}
