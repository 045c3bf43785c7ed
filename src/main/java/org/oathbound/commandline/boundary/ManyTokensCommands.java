package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.FindByName;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands for tokens that are named by their serial numbers, or selected together. */
final class ManyTokensCommands {

    private ManyTokensCommands() {}

    @Command(
            name = "revoke",
            description = "Revokes tokens for good: their secrets are removed, and no code of theirs is accepted any"
                    + " more. If a serial number is not there, none is revoked.")
    static int revoke(
            @Mixin ServiceOptions service,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "SERIAL",
                            description = "The tokens' serial numbers; @FILE stands for what is in a file.")
                    @Nullable
                    List<String> serialNumbers,
            @ArgGroup @Nullable Selection selection,
            @Option(
                            names = "--force-unpair",
                            description = "Also tokens that somebody has: they are taken away. Without it they are left"
                                    + " alone.")
                    boolean forceUnpair,
            @Option(names = "--preview", description = "Changes nothing; says of each token what would become of it.")
                    boolean preview) {
        Map<String, String> byId = named(service, serialNumbers, selection);
        Map<String, Object> job = tokens(byId, selection);
        job.put("forceUnpair", forceUnpair);
        job.put("preview", preview);
        JsonNode done = TokenJob.REVOKE.run(service, job);
        int exitCode = new JobOutcome(done).print(service);
        JsonNode paired = done.at("/result/paired");
        if (selection != null && !paired.isEmpty()) {
            service.terminal().tell("--force-unpair revokes those, too, that somebody has.");
        } else {
            paired.forEach(id -> service.terminal()
                    .tell(byId.get(id.asText()) + " is somebody's: --force-unpair revokes it all the same."));
        }
        return exitCode;
    }

    @Command(
            name = "label",
            description = "Says where tokens are, what else there is to say of them, or when they expire. An empty text"
                    + " removes what was said.")
    static int label(
            @Mixin ServiceOptions service,
            @Parameters(
                            arity = "0..*",
                            paramLabel = "SERIAL",
                            description = "The tokens' serial numbers; @FILE stands for what is in a file.")
                    @Nullable
                    List<String> serialNumbers,
            @ArgGroup @Nullable Selection selection,
            @Option(names = "--location", paramLabel = "TEXT", description = "Where they are kept or used.") @Nullable
                    String location,
            @Option(names = "--note", paramLabel = "TEXT", description = "A note.") @Nullable String note,
            @Option(
                            names = "--expires-at",
                            paramLabel = "TIME",
                            description = "When the hardware ends, such as 2030-12-31T00:00:00Z; reported only.")
                    @Nullable
                    String expiresAt,
            @Option(names = "--preview", description = "Changes nothing; says which tokens would be changed.")
                    boolean preview) {
        Map<String, String> label = new HashMap<>();
        put(label, "location", location);
        put(label, "note", note);
        put(label, "expiresAt", expiresAt);
        if (label.isEmpty()) {
            throw Failure.usage("Say what changes, by --location, --note or --expires-at.");
        }
        Map<String, Object> job = tokens(named(service, serialNumbers, selection), selection);
        job.put("label", label);
        job.put("preview", preview);
        return new JobOutcome(TokenJob.LABEL.run(service, job)).print(service);
    }

    private static void put(Map<String, String> label, String name, @Nullable String value) {
        if (value != null) {
            label.put(name, value);
        }
    }

    /** The serial numbers by the tokens' ids; none where tokens are selected. */
    private static Map<String, String> named(
            ServiceOptions service, @Nullable List<String> serialNumbers, @Nullable Selection selection) {
        List<String> names = serialNumbers == null ? List.of() : serialNumbers;
        if (names.isEmpty() == (selection == null)) {
            throw Failure.usage("Name tokens by their serial numbers, or select them by --batch, --range or --filter.");
        }
        Map<String, String> byId = new LinkedHashMap<>();
        names.forEach(name -> byId.put(FindByName.id(service.find().token(name)), name));
        return byId;
    }

    private static Map<String, Object> tokens(Map<String, String> byId, @Nullable Selection selection) {
        return new HashMap<>(
                selection == null ? Map.of("tokenIds", byId.keySet()) : Map.of("selection", selection.json()));
    }
}
