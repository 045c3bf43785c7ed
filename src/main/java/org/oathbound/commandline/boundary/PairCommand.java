package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.PairFile;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "pair", description = "Gives a token to a person, or tokens to the people of a file.")
final class PairCommand implements Callable<Integer> {

    @Mixin
    private final ServiceOptions service;

    @Parameters(index = "0", arity = "0..1", paramLabel = "USERNAME", description = "The person's user name.")
    private @Nullable String username;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERIAL", description = "The token's serial number.")
    private @Nullable String serialNumber;

    @Option(
            names = "--activation-required",
            description = "It can't be used before the person has shown a code of it, see activate.")
    private boolean activationRequired;

    @Option(
            names = "--replaces",
            paramLabel = "SERIAL",
            description = "What the person has lost: blocked at once, and gone when the new one is activated.")
    private @Nullable String replaces;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Comma-separated values, a pairing each; the first line names the columns, username and serial.")
    private @Nullable Path file;

    @Option(names = "--preview", description = "Of a file: changes nothing, says what would become of each row.")
    private boolean preview;

    PairCommand(ServiceOptions service) {
        this.service = service;
    }

    @Override
    public Integer call() throws IOException {
        String person = username;
        String serial = serialNumber;
        if (file != null && person == null && replaces == null) {
            Map<String, ?> job = Map.of("pairs", PairFile.read(file, status()), "preview", preview);
            return new JobOutcome(TokenJob.PAIR.run(service, job)).print(service);
        }
        if (file != null || person == null || serial == null) {
            throw Failure.usage("Name a person and a serial number, or a --file; --replaces goes with one person.");
        } else if (preview) {
            throw Failure.usage("--preview goes with --file.");
        }
        JsonNode device = DeviceCommands.add(
                service,
                service.find().person(person),
                replaces,
                Map.of("type", "OATH_TOKEN", "serialNumber", serial, "status", status()));
        service.print(
                device,
                person + " has " + device.path("serialNumber").asText()
                        + (activationRequired ? "; it waits to be activated." : "."));
        return ExitCode.DONE;
    }

    private String status() {
        return activationRequired ? "ACTIVATION_REQUIRED" : "ACTIVE";
    }
}
