package org.oathbound.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The runnable jar as a user starts it: with no options but ports, and what it prints. */
final class PlainStart implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path screen;
    private final int httpPort;
    private final int ldapPort;

    private PlainStart(Process process, Path screen, int httpPort, int ldapPort) {
        this.process = process;
        this.screen = screen;
        this.httpPort = httpPort;
        this.ldapPort = ldapPort;
    }

    /**
     * Starts it.
     *
     * @param folder for its data, in {@code data}, its temporary files, in {@code tmp} of it or of the folder above, and what
     *     it prints
     * @param environment further environment variables, in place of the usual ones
     */
    static PlainStart in(Path folder, Map<String, String> environment) {
        return in(Path.of(System.getProperty("java.home")), folder, environment);
    }

    /** The same by another Java. */
    static PlainStart in(Path javaHome, Path folder, Map<String, String> environment) {
        try {
            Path above = folder.resolveSibling("tmp");
            Path temporary = Files.isDirectory(above) ? above : Files.createDirectories(folder.resolve("tmp"));
            Path screen = Files.createTempFile(folder, "screen", ".txt");
            int http = ServerProcess.freePort();
            int ldap = ServerProcess.freePort();
            List<String> command = new ArrayList<>(List.of(
                    javaHome.resolve("bin").resolve("java").toString(),
                    "-Djava.io.tmpdir=" + temporary,
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    ServerProcess.JAR.toString(),
                    "--port",
                    environment.getOrDefault("HTTP_PORT", Integer.toString(http))));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("OATHBOUND_"));
            builder.environment()
                    .put("OATHBOUND_DATA_DIR", folder.resolve("data").toString());
            builder.environment().put("OATHBOUND_LDAP_PORT", Integer.toString(ldap));
            builder.environment().putAll(environment);
            return new PlainStart(builder.start(), screen, http, ldap);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int httpPort() {
        return httpPort;
    }

    int ldapPort() {
        return ldapPort;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The lines that it has printed until now. */
    List<String> screen() {
        try {
            return Files.readAllLines(screen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PlainStart awaitStarted() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (screen().stream().noneMatch(line -> line.contains("Oathbound has started"))) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("It has not started:\n" + String.join("\n", screen()));
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return this;
    }

    /** SIGTERM, and the exit code. */
    int stop() {
        process.destroy();
        return exitCode();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("It has not ended:\n" + String.join("\n", screen()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
