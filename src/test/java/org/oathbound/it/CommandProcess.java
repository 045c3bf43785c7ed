package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A command of the built jar, as a process of its own. */
record CommandProcess(int exitCode, String out, String err) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Runs one to its end.
     *
     * @param environment further environment variables
     * @param input what stands on its standard input
     */
    static CommandProcess run(Map<String, String> environment, String input, String... arguments) {
        return run(
                List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", ServerProcess.JAR.toString()),
                environment,
                input,
                arguments);
    }

    /** The same by another way to start it. */
    static CommandProcess run(List<String> start, Map<String, String> environment, String input, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    Stream.concat(start.stream(), Stream.of(arguments)).toList());
            builder.environment().putAll(environment);
            Confidential.noteEnvironment(environment);
            Process process = builder.start();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has ended, and did not want it.
            }
            String out = read(process.getInputStream());
            return new CommandProcess(process.waitFor(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it has ended so. */
    CommandProcess endsWith(int expected) {
        assertThat(exitCode).as(out + err).isEqualTo(expected);
        return this;
    }

    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + out + err, e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
