package org.oathbound.commandline.control;

import java.util.Objects;
import org.oathbound.commandline.entity.ExitCode;

/** What ends a command: its message is for the person at the terminal, and never has a secret or a code. */
public sealed class Failure extends RuntimeException permits Refusal {

    private final int exitCode;

    public Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The arguments, or a file that they name, are not what they should be. */
    public static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message);
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
