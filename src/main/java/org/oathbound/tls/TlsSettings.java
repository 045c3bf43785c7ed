package org.oathbound.tls;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The properties that TLS has, wherever they come from. */
public final class TlsSettings {

    public static final String CERTIFICATE = "oathbound.tls.certificate";
    public static final String KEY = "oathbound.tls.key";
    public static final String HTTPS_PORT = "oathbound.https.port";

    private TlsSettings() {}

    /**
     * The certificate and key that are configured, if any.
     *
     * @throws IllegalStateException when one of the two is missing, or can't be used
     */
    public static Optional<Tls> tls(Function<String, Optional<String>> property, Clock clock) {
        Optional<String> certificate = property.apply(CERTIFICATE);
        Optional<String> key = property.apply(KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalStateException("TLS needs both " + CERTIFICATE + " and " + KEY + ".");
        }
        return certificate.map(path -> Tls.read(Path.of(path), Path.of(key.orElseThrow()), clock));
    }

    /**
     * The port of HTTPS, if it is on.
     *
     * @throws IllegalStateException when it is no port
     */
    public static Optional<Integer> httpsPort(Function<String, Optional<String>> property) {
        return property.apply(HTTPS_PORT).map(text -> port(HTTPS_PORT, text));
    }

    /** As MicroProfile Config reads them: system properties, then environment variables; an empty value is none. */
    public static Optional<String> ofProcess(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .or(() -> Optional.ofNullable(System.getenv(variable(name))))
                .or(() -> Optional.ofNullable(System.getenv(variable(name).toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isEmpty());
    }

    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_");
    }

    /**
     * A port.
     *
     * @param name of the property or option, for the message
     * @throws IllegalStateException when the text is none
     */
    public static int port(String name, String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 0xFFFF) {
            return Integer.parseInt(text);
        }
        throw new IllegalStateException(name + " is no port: " + text);
    }
}
