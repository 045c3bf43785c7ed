package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Parameters;

/** The application that a command is about. */
final class ApplicationArgument extends ServiceOptions {

    @Parameters(index = "0", paramLabel = "NAME", description = "The application's name, or its id.")
    private String name = "";

    ApplicationArgument(CommandContext context) {
        super(context);
    }

    String name() {
        return name;
    }

    /** That application as the service has it. */
    JsonNode application() {
        return find().application(name);
    }
}
