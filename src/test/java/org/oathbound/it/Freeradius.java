package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oathbound.Machine;

/** FreeRADIUS as {@code docs/radius.md} sets it up, as a process of its own on a port of its own. */
final class Freeradius implements AutoCloseable {

    static final String SECRET = "a-long-random-secret";

    private static final Path PROGRAM = Path.of("/usr/sbin/freeradius");
    private static final Path LIBRARIES = Path.of("/usr/lib/freeradius");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ANSWER = Pattern.compile("Received (Access-[A-Z][a-z]+) ");

    /** What the packages bring, as far as the page needs it. */
    private static final String SERVER = """
            prefix = /usr
            libdir = %2$s
            confdir = %1$s
            raddbdir = %1$s
            run_dir = %1$s
            logdir = %1$s
            log {
                destination = stdout
                auth = yes
            }
            security {
                reject_delay = 0
            }
            proxy_requests = no
            thread pool {
                start_servers = 2
                max_servers = 8
                min_spare_servers = 1
                max_spare_servers = 4
            }
            modules {
                $INCLUDE mods-enabled/
            }
            $INCLUDE clients.conf
            $INCLUDE sites-enabled/
            """;

    private static final String RETURN_CODES = """
            always reject {
                rcode = reject
            }
            always handled {
                rcode = handled
            }
            """;

    private final Process process;
    private final int port;
    private final Path log;

    private Freeradius(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static void mustBeThere() {
        boolean there = Files.exists(LIBRARIES.resolve("rlm_ldap.so"))
                && Machine.runs(PROGRAM.toString(), "-v")
                && Machine.runs("sh", "-c", "command -v radtest");
        Machine.mustHave(there, "FreeRADIUS: apt install freeradius freeradius-ldap freeradius-utils");
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param folder where its files go
     * @param changes what an administrator changes in the page's files: each is there and is replaced
     */
    static Freeradius start(Path folder, Map<String, String> changes) {
        try {
            int port = freePort();
            String all = String.join(
                    "\n\f\n", // they have no form feed
                    block("mods-enabled/oathbound"),
                    block("sites-enabled/oathbound"),
                    block("clients.conf"));
            all = changed(all, "ipaddr = *", "ipaddr = 127.0.0.1");
            all = changed(all, "port = 1812", "port = " + port);
            all = changed(all, "ipaddr = 192.0.2.10", "ipaddr = 127.0.0.1");
            for (var change : changes.entrySet()) {
                all = changed(all, change.getKey(), change.getValue());
            }
            String[] files = all.split("\f", 3);
            Files.createDirectories(folder.resolve("mods-enabled"));
            Files.createDirectories(folder.resolve("sites-enabled"));
            Files.writeString(folder.resolve("radiusd.conf"), SERVER.formatted(folder, LIBRARIES));
            Files.writeString(folder.resolve("mods-enabled/always"), RETURN_CODES);
            Files.writeString(folder.resolve("mods-enabled/oathbound"), files[0]);
            Files.writeString(folder.resolve("sites-enabled/oathbound"), files[1]);
            Files.writeString(folder.resolve("clients.conf"), files[2]);
            return started(folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Freeradius started(Path folder, int port) throws IOException {
        Path log = folder.resolve("radius.log");
        Process process = new ProcessBuilder(
                        PROGRAM.toString(), "-f", "-l", "stdout", "-d", folder.toString(), "-n", "radiusd")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Freeradius started = new Freeradius(process, port, log);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!started.log().contains("Ready to process requests")) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                started.close();
                throw new IllegalStateException("FreeRADIUS does not start:\n" + started.log());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return started;
    }

    /** A file as the page has it, behind its name. */
    private static String block(String name) throws IOException {
        String page = Files.readString(Path.of("docs", "radius.md"));
        Matcher block = Pattern.compile("(?s)```\n# " + Pattern.quote(name) + "\n(.*?)```")
                .matcher(page);
        assertThat(block.find()).as(name + " in docs/radius.md").isTrue();
        return block.group(1);
    }

    /** Lines of the page that take the place of others, or go in between. */
    static String line(String beginning) {
        try (var lines = Files.lines(Path.of("docs", "radius.md"))) {
            return lines.filter(line -> line.strip().startsWith(beginning))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String changed(String text, String from, String to) {
        assertThat(text).as("what docs/radius.md says").contains(from);
        return text.replace(from, to);
    }

    int port() {
        return port;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code radtest} is answered by this server. */
    String radtest(String type, String user, String password) {
        CommandProcess radtest = CommandProcess.run(
                List.of("radtest", "-t", type, user, password, "127.0.0.1:" + port, "0", SECRET, "0", "127.0.0.1"),
                Map.of(),
                "");
        Matcher answer = ANSWER.matcher(radtest.out());
        return answer.find() ? answer.group(1) : "nothing";
    }

    /** By PAP. */
    String radtest(String user, String password) {
        return radtest("pap", user, password);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
