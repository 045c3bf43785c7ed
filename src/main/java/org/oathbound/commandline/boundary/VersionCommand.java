package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Prints it as JSON.")
    private boolean json;

    private final CommandContext context;

    VersionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Properties build = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        String version = build.getProperty("version", "unknown");
        context.terminal()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("version", version)
                                .put("java", System.getProperty("java.version")),
                        json,
                        "Oathbound " + version + ", on Java " + System.getProperty("java.version"));
        return ExitCode.DONE;
    }
}
