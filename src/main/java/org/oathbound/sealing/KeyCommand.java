package org.oathbound.sealing;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A key set that a command prints, such as the client of a secret manager. It runs without a shell and without input.
 * Its output is never logged, nor is its standard error: either may hold what must not be in a log.
 */
final class KeyCommand implements KeySource {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 1 << 20;

    private final List<String> arguments;
    private final Duration limit;

    /** @param line the program and its arguments, with spaces between */
    KeyCommand(String line) {
        this(List.of(line.strip().split(" +")), PATIENCE);
    }

    KeyCommand(List<String> arguments, Duration limit) {
        this.arguments = List.copyOf(arguments);
        this.limit = limit;
    }

    @Override
    public JWKSet read() {
        Process process = start();
        FutureTask<byte[]> output = new FutureTask<>(() -> outputOf(process));
        Thread.ofVirtual().name("oathbound-key-command").start(output);
        try {
            return KeySetText.parse(
                    new String(output.get(limit.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8), this);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "The key set " + this + " did not come within " + limit.toSeconds() + " s.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IllegalStateException known
                    ? known
                    : new IllegalStateException("The key set " + this + " can't be read.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The key set " + this + " was not waited for.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start() {
        try {
            Process process = new ProcessBuilder(arguments)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new IllegalStateException("The key set " + this + " can't be had: it can't be run.");
        }
    }

    private byte[] outputOf(Process process) throws IOException, InterruptedException {
        byte[] output = process.getInputStream().readNBytes(MAX_BYTES + 1);
        if (output.length > MAX_BYTES) {
            throw new IllegalStateException("The key set " + this + " is larger than " + MAX_BYTES + " bytes.");
        }
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("The key set " + this + " can't be had: it ended with exit code " + exitCode
                    + ". What it says is not shown here; run it by hand.");
        }
        return output;
    }

    /** The program alone: an argument may be a password. */
    @Override
    public String toString() {
        return "of the command " + arguments.getFirst() + " (" + COMMAND + ")";
    }
}
