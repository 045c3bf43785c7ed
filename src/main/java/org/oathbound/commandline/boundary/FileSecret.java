package org.oathbound.commandline.boundary;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.PrivateText;
import picocli.CommandLine.Option;

/** The key or the password of a file of secrets: from a file, from a prompt, or from the environment; one of them. */
final class FileSecret {

    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})+");

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Has the file's key, in hexadecimal digits; only you can read it. Else $OATHBOUND_FILE_KEY.")
    private @Nullable Path keyFile;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Has the file's password in its first line; only you can read it. Else"
                    + " $OATHBOUND_FILE_PASSWORD.")
    private @Nullable Path passwordFile;

    @Option(names = "--ask-key", description = "Asks for the file's key.")
    private boolean askKey;

    @Option(names = "--ask-password", description = "Asks for the file's password.")
    private boolean askPassword;

    /**
     * One that was found.
     *
     * @param name {@code key} or {@code password}
     */
    record Found(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Whether an option names one. */
    boolean isGiven() {
        return given() > 0;
    }

    private long given() {
        return Stream.of(keyFile != null, passwordFile != null, askKey, askPassword)
                .filter(Boolean::booleanValue)
                .count();
    }

    /**
     * The one that there is; null when there is none.
     *
     * @param prompt asks for it by its name
     */
    @Nullable
    Found find(CommandContext context, UnaryOperator<String> prompt) {
        String key = context.variable("OATHBOUND_FILE_KEY");
        String password = context.variable("OATHBOUND_FILE_PASSWORD");
        if (given() > 1 || (!isGiven() && key != null && password != null)) {
            throw Failure.usage("A file has a key or a password: name one of them.");
        }
        if (keyFile != null || askKey) {
            return key(keyFile == null ? prompt.apply("Key") : PrivateText.read(keyFile));
        } else if (passwordFile != null || askPassword) {
            return password(passwordFile == null ? prompt.apply("Password") : firstLine(passwordFile));
        } else if (key != null) {
            return key(key);
        }
        return password == null ? null : password(password);
    }

    private static String firstLine(Path file) {
        return PrivateText.read(file).lines().findFirst().orElse("");
    }

    private static Found key(String text) {
        String hex = text.strip();
        if (!HEX.matcher(hex).matches()) {
            throw Failure.usage("A key has hexadecimal digits, two for each byte, and nothing else.");
        }
        return new Found("key", hex);
    }

    private static Found password(String text) {
        if (text.isEmpty()) {
            throw Failure.usage("The password is empty.");
        }
        return new Found("password", text);
    }
}
