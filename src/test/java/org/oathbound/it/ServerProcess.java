package org.oathbound.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The runnable jar as a process of its own, on ports of its own, that a test may stop, kill and start again. */
final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    static final Path JAR = Path.of(System.getProperty("it.jar", "target/oathbound.jar"));
    private static final Path LOGGING = Path.of("src", "test", "resources", "logging-finest-product.properties");
    private static final String SOON_COMPILED = "-XX:TieredStopAtLevel=1"; // starts in half the time
    private static final String FULLY_COMPILED = "-XX:TieredStopAtLevel=4"; // the default
    private static final Path LOOPBACK = Path.of("server-config", "loopback.asadmin");

    private final Process process;
    private final int httpPort;
    private final int ldapPort;
    private final Path data;
    private final Path log;

    private ServerProcess(Process process, int httpPort, int ldapPort, Path data, Path log) {
        this.process = process;
        this.httpPort = httpPort;
        this.ldapPort = ldapPort;
        this.data = data;
        this.log = log;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param data its data directory
     * @param environment further environment variables
     * @throws IllegalStateException when it ends, or is not ready in time
     */
    static ServerProcess start(Path data, Map<String, String> environment) {
        return ready(launch(data, environment));
    }

    /** The same for one that hashes many passwords: it starts slowly, and a hash takes a third of the time then. */
    static ServerProcess startForLong(Path data, Map<String, String> environment) {
        return startForLong(data, environment, LOGGING);
    }

    /** @param logging what is logged, and where */
    static ServerProcess startForLong(Path data, Map<String, String> environment, Path logging) {
        return ready(launch(data, environment, FULLY_COMPILED, logging, "--prebootcommandfile", LOOPBACK.toString()));
    }

    private static ServerProcess ready(ServerProcess server) {
        try {
            server.awaitReady();
            return server;
        } catch (IllegalStateException e) {
            server.close();
            throw e;
        }
    }

    /** Starts a server and waits for nothing. */
    static ServerProcess launch(Path data, Map<String, String> environment) {
        return launch(data, environment, SOON_COMPILED, LOGGING, "--prebootcommandfile", LOOPBACK.toString());
    }

    /** The same, with HTTP where the configuration says. */
    static ServerProcess launchAsConfigured(Path data, Map<String, String> environment) {
        return launch(data, environment, SOON_COMPILED, LOGGING);
    }

    private static ServerProcess launch(
            Path data, Map<String, String> environment, String compiler, Path logging, String... options) {
        int http = freePort();
        int ldap = freePort();
        Path log = data.resolveSibling(data.getFileName() + ".log");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + System.getProperty("it.heap", "768m"),
                    compiler,
                    "-jar",
                    JAR.toString(),
                    "--logProperties",
                    logging.toString(),
                    "--port",
                    Integer.toString(http)));
            Confidential.noteEnvironment(environment);
            command.addAll(List.of(options));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("OATHBOUND_DATA_DIR", data.toString());
            builder.environment().put("OATHBOUND_LDAP_PORT", Integer.toString(ldap));
            builder.environment().putAll(environment);
            return new ServerProcess(builder.start(), http, ldap, data, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A driver with an access token of the first application. */
    Oathbound oathbound() {
        return new Oathbound(httpPort, ldapPort, data);
    }

    int httpPort() {
        return httpPort;
    }

    int ldapPort() {
        return ldapPort;
    }

    Path data() {
        return data;
    }

    /** Everything that the servers of this data directory have printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has printed something. */
    void awaitLog(String text) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!log().contains(text)) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("\"" + text + "\" is not in the log after " + PATIENCE + ":\n" + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /** What {@code /health/ready} answers: 200 or 503; 0 when nothing does. */
    int ready() {
        return health("ready");
    }

    /** Waits until the start has come to its end, whether or not writes are taken. */
    void awaitStarted() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (health("started") != 200) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The server has not started:\n" + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private int health(String check) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/health/" + check))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL: no hook of the process runs. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and the end that it asks for. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it; fails when its log or its data show what a test has sent or was told in confidence. */
    @Override
    public void close() {
        kill();
        LogSearch.assertNothingConfidential(log, data);
    }

    private void awaitReady() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (ready() != 200) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The server has ended with " + process.exitValue() + ":\n" + log());
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("The server is not ready after " + PATIENCE + ":\n" + log());
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The server has not ended after " + PATIENCE + ":\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
