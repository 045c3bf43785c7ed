package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The product on the server that classes of tests share: others have left tokens, people, jobs and applications there, and
 * find those of this class. Settings are the defaults when a class begins.
 */
abstract class Deployed {

    private static long loggedBefore;

    protected Oathbound oathbound;

    @BeforeAll
    static void beginClass() {
        Oathbound first = SharedServer.running().oathbound();
        loggedBefore = SharedServer.logged();
        assertThat(first.delete("/oathSettings").status()).isEqualTo(204);
        assertThat(first.delete("/mfaSettings").status()).isEqualTo(204);
    }

    /** Where this server's keys are. */
    protected static Path data() {
        return SharedServer.running().data();
    }

    /** What the server has logged since this class began. */
    protected static String log() {
        return SharedServer.log(loggedBefore);
    }

    @BeforeEach
    void connect() {
        oathbound = SharedServer.running().oathbound();
    }

    /** Neither what this class has sent and was told, nor what any class before it has. */
    @AfterAll
    static void nothingConfidentialIsWrittenDown() {
        LogSearch.assertNothingConfidential(SharedServer.LOG, loggedBefore, data());
    }

    protected void assertNothingSecretWasLogged() {
        String log = log();
        assertThat(log).as("the log").contains(" FINEST ");
        oathbound.assertNothingSecretIn(log);
    }
}
