package org.oathbound.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long a start takes until the server says that it is ready: Payara Micro without an application, Oathbound without a
 * token, and Oathbound with a data directory, in turn. Arguments: the data directory, and how many rounds.
 */
final class StartTime {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StartTime() {}

    public static void main(String[] args) throws Exception {
        System.out.printf("%-10s %-18s %-18s %s%n", "seconds", "Payara Micro", "no token", args[0]);
        for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
            Path empty = Files.createTempDirectory("oathbound-start");
            System.out.printf(
                    "%-10s %-18.1f %-18.1f %.1f%n",
                    "",
                    seconds(List.of("target/payara-micro.jar", "--noCluster"), empty),
                    seconds(List.of("target/oathbound.jar"), empty),
                    seconds(List.of("target/oathbound.jar"), Path.of(args[0])));
        }
    }

    private static double seconds(List<String> what, Path data) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("java", "-Xmx2g", "-jar"));
        command.addAll(what);
        command.addAll(List.of("--port", "18080", "--prebootcommandfile", "server-config/loopback.asadmin"));
        Path log = Files.createTempFile("oathbound-start", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OATHBOUND_DATA_DIR", data.toString());
        builder.environment().put("OATHBOUND_LDAP_PORT", "11389");
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            while (!Files.readString(log).contains(" ready in ")) {
                if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException(Files.readString(log));
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
