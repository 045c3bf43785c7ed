package org.oathbound.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One server of the runnable jar for all classes of this JVM that want nothing special of theirs. It ends with the JVM. */
final class SharedServer {

    /** Everything that there is to log, at the finest level. */
    static final Path LOG = Path.of(System.getProperty("it.log", "target/it-server.log"));

    private static final Path LOGGING = Path.of("src", "test", "resources", "logging-finest.properties");

    private static @Nullable ServerProcess running;

    private SharedServer() {}

    /** The server, started when it is asked for first. */
    static synchronized ServerProcess running() {
        ServerProcess server = running;
        if (server == null) {
            server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
            running = server;
        }
        return server;
    }

    private static ServerProcess start() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "shared-");
            Path logging = folder.resolve("logging.properties");
            Files.writeString(logging, Files.readString(LOGGING).replace("target/it-server.log", LOG.toString()));
            return ServerProcess.startForLong(
                    folder.resolve("data"),
                    // Crowds of one application at one address. The token endpoint is limited as it is delivered.
                    Map.of("OATHBOUND_LIMITS_ADDRESS", "0", "OATHBOUND_LIMITS_APPLICATION", "0"),
                    logging);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much it has logged, in bytes. */
    static long logged() {
        try {
            return Files.size(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has logged since there were so many bytes. */
    static String log(long from) {
        try (var log = Files.newInputStream(LOG)) {
            log.skipNBytes(from);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
