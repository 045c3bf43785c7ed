package org.oathbound.commandline.boundary;

import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;

/** One-time codes, each a line of standard input: arguments are seen by every user of the machine. */
final class Codes {

    /** What the service calls it when a code is right and far away, and the next one is needed. */
    static final String NEXT_NEEDED = "EXTRA_OTP_REQUIRED";

    private Codes() {}

    /** {@link Failure} when there is none. */
    static String first(Terminal terminal) {
        return terminal.ask("Code").orElseThrow(() -> Failure.usage("There is no code on standard input."));
    }

    /** {@link Failure} when there is none. */
    static String next(Terminal terminal) {
        return terminal.ask("Next code")
                .orElseThrow(() -> new Failure(
                        ExitCode.CODE_REFUSED,
                        "The code that follows is needed as well, and there is none on standard input."));
    }
}
