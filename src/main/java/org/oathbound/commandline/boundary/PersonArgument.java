package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Parameters;

/** The person whom a command is about. */
class PersonArgument extends ServiceOptions {

    @Parameters(index = "0", paramLabel = "USERNAME", description = "The person's user name.")
    private String username = "";

    PersonArgument(CommandContext context) {
        super(context);
    }

    String username() {
        return username;
    }

    /** That person as the service has it. */
    JsonNode person() {
        return find().person(username);
    }
}
