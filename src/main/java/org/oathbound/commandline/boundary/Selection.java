package org.oathbound.commandline.boundary;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Tokens that are meant together; one of the options. */
final class Selection {

    @Option(names = "--batch", paramLabel = "ID", description = "Those that the job with this id has created.")
    private @Nullable String batch;

    @Option(
            names = "--range",
            arity = "2",
            paramLabel = "SERIAL",
            description = "Those from one serial number to another, both included; all have the same length.")
    private @Nullable List<String> range;

    @Option(
            names = "--filter",
            paramLabel = "TEXT",
            description = "Those that a filter such as 'type eq \"HOTP\" and paired eq false' finds, as in the API.")
    private @Nullable String filter;

    /** As a job has it. */
    Map<String, ?> json() {
        if (batch != null) {
            return Map.of("batch", batch);
        }
        return range == null
                ? Map.of("filter", String.valueOf(filter))
                : Map.of("serialNumbers", Map.of("from", range.getFirst(), "to", range.getLast()));
    }
}
