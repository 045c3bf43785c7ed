package org.oathbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two readers of PSKC files that others have written: python-pskc, and OATH Toolkit's command. What they say is right. */
public final class PskcTools {

    private static final String PYTHON = "/usr/bin/python3";

    /** Prints a line for each key. */
    private static final String READ = """
            import io, sys, pskc
            file = pskc.PSKC(io.BytesIO(sys.stdin.buffer.read()))
            how, text = sys.argv[1], sys.argv[2]
            if how == 'key':
                file.encryption.key = bytes.fromhex(text)
            if how == 'password':
                file.encryption.derive_key(text)
            for key in file.keys:
                values = [key.serial or key.id, key.secret.hex() if key.secret else None, key.algorithm.split(':')[-1],
                          key.algorithm_suite, key.response_length, key.counter, key.time_interval, key.time_drift,
                          key.manufacturer, key.model, key.expiry_date and key.expiry_date.isoformat(), key.userid]
                print('|'.join('' if value is None else str(value) for value in values))
            """;

    private PskcTools() {}

    /** Skips the test where they are not installed, or fails it where no test may be skipped. */
    public static void mustBeThere() {
        boolean there = Machine.runs(PYTHON, "-c", "import pskc") && Machine.runs("pskctool", "--version");
        Machine.mustHave(there, "pskctool and python-pskc (apt-get install pskctool python3-pskc)");
    }

    /**
     * What python-pskc reads: of each key the serial number or else its id, its secret in hexadecimal digits, the
     * algorithm, the suite, the length of a code, counter, time step, drift, manufacturer, model, expiry, user id, with
     * {@code |} between.
     *
     * @param how {@code plain}, {@code key} or {@code password}
     * @param text the key in hexadecimal digits, or the password
     */
    public static List<String> read(byte[] file, String how, String text) {
        return run(file, PYTHON, "-c", READ, how, text).lines().toList();
    }

    /** The file that python-pskc writes; {@code file} is what it is called in the script, which ends before writing. */
    public static String write(String script) {
        String whole = "import sys, pskc\nfile = pskc.PSKC()\n" + script + "\nfile.write(sys.stdout)\n";
        return run(new byte[0], PYTHON, "-c", whole);
    }

    /** The secrets that pskctool prints of a file in the clear, in Base64. */
    public static List<String> secrets(byte[] file) {
        return run(file, "pskctool", "--info")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Key Secret (base64): "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    /** Fails when the file is not as RFC 6030's schema wants it. */
    public static void validate(byte[] file) {
        String said = run(file, "pskctool", "--validate");
        if (!said.contains("OK")) {
            throw new AssertionError("pskctool --validate: " + said);
        }
    }

    private static String run(byte[] input, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Beside the reading, for either may have to wait for the other.
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try (var in = process.getOutputStream()) {
                    in.write(input);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            writing.join();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(shown(command) + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new AssertionError(shown(command) + " can't be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> shown(String... command) {
        return new ArrayList<>(Arrays.asList(command).subList(0, Math.min(2, command.length)));
    }
}
