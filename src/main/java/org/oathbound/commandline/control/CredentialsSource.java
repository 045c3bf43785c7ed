package org.oathbound.commandline.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials: in a file that was named, else in environment variables, else in the file that
 * {@code OATHBOUND_CREDENTIALS} names, else in what the first start of the service has left in its data directory.
 */
public final class CredentialsSource {

    private static final String PREFIX = "OATHBOUND_";
    private static final String SOURCE_PREFIX = "OATHBOUND_SOURCE_";
    private static final String BOOTSTRAP = "bootstrap.env";
    private static final String NAMED = ". Set the environment variable, or name a file with --credentials.";
    private static final String HERE = "http://localhost:8080";

    private final Map<String, String> environment;

    /** @param environment the process's environment variables */
    public CredentialsSource(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Those of the service that is worked with.
     *
     * @param file what was named on the command line, if anything
     * @param url the same
     * @param caCertificates the same
     * @param data the data directory of a service on this machine
     */
    public Credentials find(@Nullable Path file, @Nullable String url, @Nullable Path caCertificates, Path data) {
        Map<String, String> values = file == null ? unnamed(data) : named(file);
        String base = url == null ? values.getOrDefault(PREFIX + "URL", HERE) : url;
        String ca = values.getOrDefault(PREFIX + "CACERT", "");
        Path trusted = caCertificates == null && !ca.isBlank() ? Path.of(ca.strip()) : caCertificates;
        String how = file == null && !environment.containsKey(PREFIX + "CREDENTIALS") ? howToFind(data) : NAMED;
        return credentials(values, PREFIX, base, base, trusted, how);
    }

    /** What to do where something is missing. What the first start of the service leaves has it all: it is named. */
    private static String howToFind(Path data) {
        Path bootstrap = data.resolve(BOOTSTRAP).toAbsolutePath().normalize();
        return Files.exists(bootstrap)
                ? NAMED
                : ", nor a file " + bootstrap
                        + " that you can read, which the first start of the service writes. On the"
                        + " service's host, call this as its user in the folder where it was started, or name its data"
                        + " directory with --data-dir. Elsewhere, set OATHBOUND_ENVIRONMENT_ID, OATHBOUND_CLIENT_ID and"
                        + " OATHBOUND_CLIENT_SECRET, or name a file that has them with --credentials.";
    }

    /** Those of the service that tokens and people move in from. */
    public Credentials findSource(@Nullable Path file) {
        Map<String, String> values = file == null ? environment : named(file);
        String how = ". Set the environment variable, or name a file with --source-credentials.";
        // PingOne's own documents have the version in the base.
        String api = required(values, SOURCE_PREFIX + "API_URL", how).replaceFirst("/v1/*$", "");
        return credentials(values, SOURCE_PREFIX, api, values.getOrDefault(SOURCE_PREFIX + "AUTH_URL", api), null, how);
    }

    private Map<String, String> named(Path file) {
        Map<String, String> values = new HashMap<>(environment);
        values.putAll(read(file));
        return values;
    }

    private Map<String, String> unnamed(Path data) {
        Map<String, String> values = new HashMap<>();
        Path bootstrap = data.resolve(BOOTSTRAP);
        if (environment.containsKey(PREFIX + "CREDENTIALS")) {
            values.putAll(read(Path.of(environment.get(PREFIX + "CREDENTIALS"))));
        } else if (!environment.containsKey(PREFIX + "CLIENT_SECRET") && Files.exists(bootstrap)) {
            values.putAll(read(bootstrap));
        }
        values.putAll(environment);
        return values;
    }

    private static Map<String, String> read(Path file) {
        return PrivateText.read(file)
                .lines()
                .map(line -> line.strip().replaceFirst("^export\\s+", ""))
                .filter(line -> line.indexOf('=') > 0 && !line.startsWith("#"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1),
                        (first, last) -> last));
    }

    private static Credentials credentials(
            Map<String, String> values,
            String prefix,
            String api,
            String authorization,
            @Nullable Path caCertificates,
            String how) {
        return new Credentials(
                api,
                authorization,
                id(required(values, prefix + "ENVIRONMENT_ID", how)),
                required(values, prefix + "CLIENT_ID", how),
                required(values, prefix + "CLIENT_SECRET", how),
                caCertificates);
    }

    private static String required(Map<String, String> values, String name, String how) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw Failure.usage("There is no " + name + how);
        }
        return value.strip();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("The id of an environment is a UUID, and this is none: " + text);
        }
    }
}
