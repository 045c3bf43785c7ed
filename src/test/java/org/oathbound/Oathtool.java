package org.oathbound;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;

/** OATH Toolkit's command, which others have written and many use: what it says is right. */
public final class Oathtool {

    private Oathtool() {}

    /** Skips the test where the command is not installed, or fails it where no test may be skipped. */
    public static void mustBeThere() {
        Machine.mustHave(Machine.runs("oathtool", "--version"), "oathtool (apt-get install oathtool)");
    }

    /** Codes from a counter on. It knows HOTP with SHA-1 only; another hash is TOTP at that many seconds. */
    public static List<String> hotp(SharedSecret secret, HashAlgorithm algorithm, int digits, long counter, int count) {
        return algorithm == HashAlgorithm.SHA_1
                ? run(secret, digits, count, "--hotp", "--counter=" + counter)
                : totp(secret, algorithm, digits, 1, Instant.ofEpochSecond(counter), count);
    }

    /** Codes from a moment on, one of each time step. */
    public static List<String> totp(
            SharedSecret secret, HashAlgorithm algorithm, int digits, int timeStep, Instant from, int count) {
        return run(
                secret,
                digits,
                count,
                "--totp=" + algorithm.name().replace("_", ""),
                "--time-step-size=" + timeStep + "s",
                "--now=@" + from.getEpochSecond());
    }

    private static List<String> run(SharedSecret secret, int digits, int count, String... mode) {
        List<String> command = new ArrayList<>(List.of("oathtool", "--digits=" + digits, "--window=" + (count - 1)));
        command.addAll(List.of(mode));
        command.add("-");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var input = process.getOutputStream()) {
                input.write(HexFormat.of().formatHex(secret.bytes()).getBytes(StandardCharsets.US_ASCII));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + said);
            }
            return said.lines().toList();
        } catch (IOException e) {
            throw new AssertionError(command + " can't be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
