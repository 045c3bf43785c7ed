package org.oathbound.commandline.boundary;

import java.time.Clock;
import java.util.Map;
import org.oathbound.commandline.control.Terminal;

/**
 * What a command finds around it.
 *
 * @param environment the process's environment variables
 */
public record CommandContext(Terminal terminal, Map<String, String> environment, Clock clock) {

    /** Environment variables may be secrets. */
    @Override
    public String toString() {
        return "Surroundings";
    }
}
