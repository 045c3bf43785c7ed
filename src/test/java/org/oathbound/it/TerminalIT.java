package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command line as somebody sees it who sits before a terminal. */
@Timeout(600)
class TerminalIT {

    @TempDir
    private static Path temporary;

    private static ServerProcess server;

    private Oathbound oathbound;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(temporary.resolve("data"), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Enough for the import to be seen, and interrupted, on a fast machine too. */
    private static final int ROWS = 20_000;

    private static final String MANY = String.format(Locale.ROOT, "%,d", ROWS);

    @TempDir
    Path folder;

    private Tmux tmux;

    @BeforeEach
    void sitsDown() {
        Map<String, String> environment = new HashMap<>();
        oathbound = server.oathbound();
        environment.put("OATHBOUND_DATA_DIR", server.data().toAbsolutePath().toString());
        environment.put("OATHBOUND_URL", oathbound.root().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        tmux = Tmux.open(environment);
    }

    @AfterEach
    void leaves() {
        tmux.close();
    }

    private Path seeds(String prefix) throws IOException {
        List<ObjectNode> rows =
                Seeds.serialNumbers(prefix, ROWS).stream().map(Seeds::hotp).toList();
        return Files.writeString(
                folder.resolve("seeds.json"), Seeds.createJob(rows).toString());
    }

    @Test
    void progressIsSeenAndAJobThatIsLeftGoesOn() throws IOException {
        tmux.type("bin/oathbound import " + seeds("SEEN") + "; echo ended with $?");
        String seen = tmux.awaitMatch("Rows \\[#+\\.+]  [0-9,]+ of " + MANY + "  [0-9,]+/s")
                .group();
        tmux.awaitMatch(
                "Rows \\[#+\\.+]  (?!" + seen.replaceFirst(".*]  ([0-9,]+) of .*", "$1") + ")[0-9,]+ of " + MANY);
        tmux.pressCtrlC();
        tmux.awaitMatch("ended with 130");
        String job = tmux.awaitMatch("The job goes on\\. Follow it: oathbound job follow ([0-9a-f-]{36})")
                .group(1);
        JsonNode left = oathbound.get("/oathJobs/" + job).json();
        assertThat(left.at("/progress/processed").asInt()).isLessThan(ROWS);
        assertThat(left.path("status").asText()).isEqualTo("PENDING");

        tmux.type("clear; bin/oathbound job follow " + job + "; echo ended with $?");
        tmux.awaitMatch("ended with 0");
        assertThat(tmux.screen())
                .contains("Rows [####################]  " + MANY + " of " + MANY, "Rows: " + MANY + " created.");
        assertThat(oathbound.done(job).at("/result/created").asInt()).isEqualTo(ROWS);
    }

    @Test
    void aPipeGetsNoControlCharacters() throws IOException {
        Path piped = folder.resolve("piped");
        tmux.type("bin/oathbound import " + seeds("PIPED") + " 2>&1 | cat > " + piped + "; echo ended");
        tmux.awaitMatch("(?m)^ended");
        assertThat(Files.readString(piped, StandardCharsets.US_ASCII))
                .contains("Rows: " + MANY + " created.")
                .containsPattern("(?m)^Rows \\[#*\\.*]  [0-9,]+ of " + MANY)
                .matches("[\\n -~]*");

        // The progress goes to the terminal, what was asked for to the pipe.
        Path out = folder.resolve("out");
        tmux.type("clear; bin/oathbound revoke PIPED 2>&1 | cat > " + piped + "; bin/oathbound tokens | cat > " + out
                + "; bin/oathbound --help | cat >> " + out + "; echo ended");
        tmux.awaitMatch("(?m)^ended");
        assertThat(tmux.screen()).contains("There are more: --all lists them.").doesNotContain("SERIAL NUMBER");
        assertThat(Files.readString(out, StandardCharsets.US_ASCII))
                .contains("SERIAL NUMBER", "Usage: oathbound")
                .matches("[\\n -~]*");
        assertThat(Files.readString(piped)).isEqualTo("There is no token with the serial number PIPED.\n");
    }

    @Test
    void aCodeIsAskedForAndAPasswordIsNotShown() {
        String serialNumber = Seeds.serialNumber("ASKED");
        oathbound.create(Seeds.hotp(serialNumber));
        tmux.type("bin/oathbound person add asked && bin/oathbound pair asked " + serialNumber);
        tmux.awaitMatch("asked has " + serialNumber);
        tmux.type("bin/oathbound check asked; echo ended with $?");
        tmux.awaitMatch("Code:");
        tmux.type(Seeds.code(serialNumber, 0));
        tmux.awaitMatch("ended with 0");

        tmux.type("clear; bin/oathbound export --ask-password --output " + folder.resolve("x") + "; echo ended");
        tmux.awaitMatch("Password:");
        tmux.type("open sesame");
        tmux.awaitMatch("Password again:");
        tmux.type("open sesame, please");
        tmux.awaitMatch("the two are not the same");
        tmux.awaitMatch("(?m)^ended");
        assertThat(tmux.screen()).doesNotContain("sesame");
    }
}
