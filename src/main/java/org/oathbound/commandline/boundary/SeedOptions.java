package org.oathbound.commandline.boundary;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a seed file leaves open. The service checks the values; it knows what a format takes. */
final class SeedOptions {

    private static final Pattern PARAMETER = Pattern.compile("the parameter ([a-z]\\w*)");

    @Option(names = "--encoding", paramLabel = "ENCODING", description = "Of the secrets: HEX or BASE32.")
    private @Nullable String encoding;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of the tokens: HOTP or TOTP.")
    private @Nullable String type;

    @Option(names = "--otp-length", paramLabel = "DIGITS", description = "How many digits a code has.")
    private @Nullable Integer otpLength;

    @Option(names = "--time-step", paramLabel = "SECONDS", description = "How long a code lasts.")
    private @Nullable Integer timeStep;

    @Option(names = "--hash-algorithm", paramLabel = "HASH", description = "HmacSHA1, HmacSHA256 or HmacSHA512.")
    private @Nullable String hashAlgorithm;

    @Option(names = "--minimum-secret-bits", paramLabel = "BITS", description = "Lets shorter secrets in: 80 to 128.")
    private @Nullable Integer minimumSecretBits;

    /** Those that were given, by the names of the service's form and in its order. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "encoding", encoding);
        put(fields, "type", type);
        put(fields, "otpLength", otpLength);
        put(fields, "timeStep", timeStep);
        put(fields, "hashAlgorithm", hashAlgorithm);
        put(fields, "minimumSecretBits", minimumSecretBits);
        return fields;
    }

    /** A message of the service with this program's options in place of the parameters of its forms. */
    static String named(String message) {
        return PARAMETER
                .matcher(message.replaceAll("\\bformat=(?=[A-Z])", "--format "))
                .replaceAll(found -> "the option --"
                        + found.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
    }

    private static void put(Map<String, String> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}
