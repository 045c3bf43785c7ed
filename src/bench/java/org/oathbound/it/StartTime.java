package org.oathbound.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * How long a start takes from the launch of the JVM until the first request is answered with 200, in turn in one run: a WAR of
 * two classes on the same server with the same settings, Oathbound without a token, and with a data directory; the same two of
 * another version, if its jar is named. Arguments: the data directory, how many rounds, options of the JVM (one argument, spaces
 * between, or {@code -}), and the other version's jar,
 * which the {@code java} of the command path runs.
 */
final class StartTime {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path JAR = Path.of("target", "oathbound.jar");
    private static final String READY = "health/ready";

    private final List<String> options;

    private StartTime(List<String> options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        StartTime time = new StartTime(
                args.length < 3 || args[2].equals("-") ? List.of() : Arrays.asList(args[2].split(" ")));
        Path twoClasses = twoClasses();
        System.out.printf("%-12s %-12s %-12s", "two classes", "no token", data);
        System.out.println(args.length > 3 ? "other: none  other: " + data : "");
        for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
            System.out.printf("%-12.1f ", time.seconds(server(twoClasses), empty(), "two/classes"));
            System.out.printf("%-12.1f ", time.seconds(ours(), empty(), READY));
            System.out.printf("%-12.1f ", time.seconds(ours(), data, READY));
            if (args.length > 3) {
                System.out.printf("%-12.1f ", time.seconds(other(args[3]), empty(), READY));
                System.out.printf("%-12.1f ", time.seconds(other(args[3]), data, READY));
            }
            System.out.println();
        }
    }

    private static Path empty() throws IOException {
        return Files.createTempDirectory("oathbound-start");
    }

    private static List<String> ours() {
        return List.of(JAVA, "-jar", JAR.toString());
    }

    private static List<String> other(String jar) {
        return List.of("java", "-jar", jar, "--prebootcommandfile", "server-config/loopback.asadmin");
    }

    /** The server that is in our jar, with the settings that it has there. */
    private static List<String> server(Path war) {
        return List.of(
                JAVA,
                "-jar",
                "target/payara-micro.jar",
                "--prebootcommandfile",
                "target/runnable/pre-boot-commands.txt",
                "--postdeploycommandfile",
                "server-config/post-deploy-commands.asadmin",
                "--deploy",
                war.toString());
    }

    private static Path twoClasses() throws IOException {
        Path war = Path.of("target", "two-classes", "ROOT.war");
        Files.createDirectories(war.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (Class<?> each : List.of(TwoClasses.class, TwoClassesResource.class)) {
                String name = each.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
                try (InputStream in = StartTime.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(zip);
                }
            }
        }
        return war;
    }

    private double seconds(List<String> what, Path data, String path)
            throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> command = new ArrayList<>(what);
        command.addAll(1, options);
        command.addAll(List.of("--port", Integer.toString(port)));
        Path log = Files.createTempFile("oathbound-start", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OATHBOUND_DATA_DIR", data.toString());
        builder.environment().put("OATHBOUND_LDAP_PORT", Integer.toString(ServerProcess.freePort()));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path)).build();
        long begun = System.nanoTime();
        Process process = builder.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isAnswered(client, request)) {
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

    private static boolean isAnswered(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
