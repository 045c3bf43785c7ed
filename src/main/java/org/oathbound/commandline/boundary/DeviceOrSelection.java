package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The device that a command is about, and the person who has it; or every device of tokens that are selected. */
final class DeviceOrSelection extends ServiceOptions {

    @Parameters(index = "0", arity = "0..1", paramLabel = "USERNAME", description = "The person's user name.")
    private @Nullable String username;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SERIAL",
            description = "The token's serial number; the device's id for what has none.")
    private @Nullable String serialNumber;

    @Option(names = "--preview", description = "Of a selection: changes nothing, says what would become of each.")
    private boolean preview;

    DeviceOrSelection(CommandContext context) {
        super(context);
    }

    /**
     * Does it.
     *
     * @param job what does it to a selection
     * @param one does it to one device, by its URL behind that of the environment, and by what a person calls it
     * @return the exit code
     */
    int act(@Nullable Selection selection, TokenJob job, BiConsumer<String, String> one) {
        String person = username;
        String serial = serialNumber;
        if (selection != null && person == null) {
            return new JobOutcome(job.run(this, Map.of("selection", selection.json(), "preview", preview))).print(this);
        }
        if (selection != null || person == null || serial == null) {
            throw Failure.usage("Name a person and a serial number, or select tokens by --batch, --range or --filter.");
        } else if (preview) {
            throw Failure.usage("--preview goes with --batch, --range or --filter.");
        }
        JsonNode found = find().person(person);
        one.accept(DeviceArguments.tail(found, find().device(found, serial)), DeviceArguments.name(person, serial));
        return ExitCode.DONE;
    }
}
