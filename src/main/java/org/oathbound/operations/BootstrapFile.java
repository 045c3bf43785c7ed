package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oathbound.directory.DataDirectory;
import org.oathbound.file.PrivateFile;

/**
 * {@code bootstrap.env} in the data directory: what the first administrator needs, as {@code KEY=value} lines that a
 * shell reads with {@code .}; only the service's own user can read it. Delete it once the values are kept elsewhere.
 */
@ApplicationScoped
class BootstrapFile {

    static final String NAME = "bootstrap.env";
    static final String ENVIRONMENT_ID = "OATHBOUND_ENVIRONMENT_ID";
    static final String CLIENT_ID = "OATHBOUND_CLIENT_ID";
    static final String CLIENT_SECRET = "OATHBOUND_CLIENT_SECRET";
    static final String LDAP_PASSWORD = "OATHBOUND_LDAP_PASSWORD";

    /** What a shell takes as it stands; anything else would need quotes, and the file a parser for them. */
    private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z._~+/=@%:,-]+");

    private final Path path;

    @Inject
    BootstrapFile(DataDirectory directory) {
        this.path = directory.path().resolve(NAME);
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** The values of an earlier start; none if there was none. */
    Map<String, String> read() {
        if (!exists()) {
            return Map.of();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.indexOf('=') > 0 && !line.startsWith("#"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1),
                            (first, last) -> last));
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " can't be read.", e);
        }
    }

    void write(UUID environmentId, UUID clientId, String clientSecret, String ldapPassword) {
        String text = Stream.of(
                        ENVIRONMENT_ID + "=" + environmentId,
                        CLIENT_ID + "=" + clientId,
                        CLIENT_SECRET + "=" + plain("client-secret", clientSecret),
                        LDAP_PASSWORD + "=" + plain("ldap-password", ldapPassword))
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            PrivateFile.write(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " can't be written.", e);
        }
    }

    private static String plain(String property, String value) {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalStateException("oathbound.bootstrap." + property
                    + " may have letters, digits and . _ ~ + / = @ % : , - only, so that a shell can read it.");
        }
        return value;
    }
}
