package org.oathbound.commandline.boundary;

import picocli.CommandLine.Parameters;

/** A command about one person. */
abstract class PersonCommand extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "USERNAME", description = "The person's user name.")
    private String username = "";

    PersonCommand(CommandContext context) {
        super(context);
    }

    String username() {
        return username;
    }
}
