package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Maven built, on a Payara Micro of its own for each class of tests. */
@ExtendWith(ArquillianExtension.class)
abstract class Deployed {

    private static final Path DATA = Path.of(System.getenv().getOrDefault("OATHBOUND_DATA_DIR", "data"));

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it
    private URL deployed;

    protected Oathbound oathbound;

    @Deployment(testable = false)
    static WebArchive product() {
        forgetEverything();
        return Oathbound.built();
    }

    /** The next server begins without any entry; its keys and the first administrator's values stay. */
    private static void forgetEverything() {
        if (System.getenv("OATHBOUND_DATA_DIR") == null) {
            return; // never the data of a server that a developer runs
        }
        try (FileChannel lock = FileChannel.open(DATA.resolve("lock"), StandardOpenOption.WRITE)) {
            lock.lock(); // the server before may still be writing its last snapshot
            for (Path folder : List.of(DATA.resolve("journal"), DATA.resolve("snapshots"))) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // The first server of this run.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this server's keys are. */
    protected static Path data() {
        return DATA;
    }

    @BeforeEach
    void connect() {
        // The machine's own address is in it; tests and server talk over the loopback.
        oathbound = new Oathbound(deployed.getPort(), Integer.parseInt(System.getenv("OATHBOUND_LDAP_PORT")), DATA);
    }

    /** When the last test of this server is over. */
    @AfterAll
    static void nothingConfidentialIsWrittenDown() {
        LogSearch.assertNothingConfidential(Oathbound.logFile(), DATA);
    }

    protected void assertNothingSecretWasLogged() {
        String log = Oathbound.log();
        assertThat(log).as("the log").contains(" FINEST ");
        Seeds.assertNoSecretIn(log);
        assertThat(oathbound.credentials().filter(log::contains))
                .as("credentials in the log")
                .isEmpty();
    }
}
