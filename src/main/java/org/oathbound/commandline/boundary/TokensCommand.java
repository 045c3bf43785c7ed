package org.oathbound.commandline.boundary;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "tokens", description = "Lists tokens.")
final class TokensCommand extends ServiceCommand {

    private static final int LIMIT = 200;

    private enum Type {
        HOTP,
        TOTP
    }

    /** One of them. */
    private static final class Serial {
        @Option(names = "--serial", paramLabel = "SERIAL", description = "The one with this serial number.")
        private @Nullable String is;

        @Option(
                names = "--serial-begins-with",
                paramLabel = "TEXT",
                description = "Those whose serial numbers begin so.")
        private @Nullable String beginsWith;
    }

    /** One of them. */
    private static final class Pairing {
        @Option(names = "--paired", description = "Those that somebody has.")
        private boolean paired;

        @Option(names = "--unpaired", description = "Those in stock.")
        private boolean unpaired;
    }

    @ArgGroup
    private @Nullable Serial serial;

    @ArgGroup
    private @Nullable Pairing pairing;

    @Option(names = "--type", paramLabel = "TYPE", description = "One of ${COMPLETION-CANDIDATES}.")
    private @Nullable Type type;

    @Option(
            names = "--expires-before",
            paramLabel = "TIME",
            description = "Those that expire before a time such as 2030-12-31T00:00:00Z.")
    private @Nullable Instant expiresBefore;

    @Option(names = "--all", description = "All of them, not the first " + LIMIT + " only.")
    private boolean all;

    TokensCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        String tail = "/oathTokens?limit=" + LIMIT + "&expand=devices";
        String filter = filter();
        new ListOutput("oathTokens", TokenText.HEADS)
                .print(
                        client(),
                        filter.isEmpty() ? tail : tail + "&filter=" + ServiceClient.encoded(filter),
                        all,
                        TokenText::cells,
                        terminal(),
                        json());
        return ExitCode.DONE;
    }

    private String filter() {
        List<String> parts = new ArrayList<>();
        if (serial != null && serial.is != null) {
            parts.add("serialNumber eq " + ServiceClient.quoted(serial.is));
        }
        if (serial != null && serial.beginsWith != null) {
            parts.add("serialNumber sw " + ServiceClient.quoted(serial.beginsWith));
        }
        if (type != null) {
            parts.add("type eq " + ServiceClient.quoted(type.name()));
        }
        if (pairing != null) {
            parts.add("paired eq " + (pairing.paired && !pairing.unpaired));
        }
        if (expiresBefore != null) {
            parts.add("expiresAt lt " + ServiceClient.quoted(expiresBefore.toString()));
        }
        return String.join(" and ", parts);
    }
}
