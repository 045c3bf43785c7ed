package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.entity.BreakGlassPass;
import org.oathbound.application.entity.Permission;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.directory.embedded.JournalSettings;
import org.oathbound.environment.Environments;
import org.oathbound.oauth.control.Issuer;
import org.oathbound.sealing.KeySet;

@Tag("slow")
class BreakGlassTest {

    private static final String ISSUER = "https://auth.example.com";
    private static final UUID ENVIRONMENT = UUID.fromString("abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");

    @TempDir
    private Path temporary;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path data;

    @BeforeEach
    void start() {
        data = temporary.resolve("data");
        new KeySet(new DataDirectory(data));
        new BootstrapFile(new DataDirectory(data)).write(ENVIRONMENT, UUID.randomUUID(), "secret", "password");
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int run(String... options) {
        out.reset();
        err.reset();
        return HostCommands.run(Stream.concat(
                        Stream.of("break-glass", "--data-dir", data.toString(), "--issuer-url", ISSUER),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(data.resolve("break-glass.log"));
    }

    private Optional<RequestPrincipal> caller(WholeEmbeddedDirectory directory, String token) {
        return org.oathbound.oauth.control.Fixture.verifier(
                        directory,
                        new Issuer(Optional.of(ISSUER), Optional.empty()),
                        KeySet.existing(new DataDirectory(data)),
                        Clock.systemUTC())
                .verify(token);
    }

    private WholeEmbeddedDirectory running() {
        return new WholeEmbeddedDirectory(
                "dc=example,dc=com", new DataDirectory(data), JournalSettings.DEFAULT, Clock.systemUTC());
    }

    @Nested
    @DisplayName("Whoever can read the data directory is an administrator for an hour, and it is written down")
    class Done {

        @Test
        void whileTheServiceRunsAndWithoutAnyApplication() throws IOException {
            WholeEmbeddedDirectory directory = running();
            new Environments(directory, directory).createDefault(ENVIRONMENT, "");

            assertThat(run("--reason", "All is lost: №7")).as(said()).isZero();

            RequestPrincipal caller = caller(directory, printed()).orElseThrow();
            assertThat(Permission.values()).allMatch(caller::may);
            assertThat(caller.environment().id()).isEqualTo(ENVIRONMENT);
            BreakGlassPass pass = caller.breakGlass().orElseThrow();
            assertThat(pass.reason()).isEqualTo("All is lost: №7");
            assertThat(log()).singleElement().satisfies(line -> assertThat(line)
                    .matches("20\\S+Z jti=" + pass.id() + " environment=" + ENVIRONMENT
                            + " until=20\\S+Z user=\\S+ reason=All is lost: №7"));
            directory.close();
        }

        @Test
        void printsTheTokenAloneAndSaysTheRestBesides() throws IOException, ParseException {
            assertThat(run("--reason", "why")).isZero();

            String jti = SignedJWT.parse(printed()).getJWTClaimsSet().getJWTID();
            assertThat(said())
                    .contains(jti, "break-glass.log", ISSUER + "/" + ENVIRONMENT + "/as")
                    .doesNotContain(printed());
            assertThat(String.join("\n", log()))
                    .contains(jti)
                    .doesNotContain(printed(), printed().substring(printed().lastIndexOf('.') + 1));
        }

        @Test
        void keepsALineForEachForItsOwnerOnly() throws IOException {
            run("--reason", "first");
            run("--reason", "second");

            assertThat(log()).hasSize(2);
            assertThat(log().get(0)).endsWith(" reason=first");
            assertThat(log().get(1)).endsWith(" reason=second");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("break-glass.log"))))
                    .isEqualTo("rw-------");
        }

        @Test
        void forAnotherEnvironmentThatIsNamed() throws ParseException {
            UUID other = UUID.randomUUID();

            assertThat(run("--reason", "why", "--environment", other.toString()))
                    .isZero();

            assertThat(SignedJWT.parse(printed()).getJWTClaimsSet().getStringClaim("env"))
                    .isEqualTo(other.toString());
        }
    }

    @Nested
    @DisplayName("Nothing is made where something is missing, no access token least of all")
    class Refused {

        private void assertNothing(int exitCode, int expected) {
            assertThat(exitCode).isEqualTo(expected);
            assertThat(printed()).isEmpty();
            assertThat(data.resolve("break-glass.log")).doesNotExist();
        }

        @Test
        void withoutAKeySetAndNoneIsMade() throws IOException {
            Files.delete(data.resolve("keyset.json"));

            assertNothing(run("--reason", "why"), 1);
            assertThat(said()).contains("keyset.json");
            assertThat(data.resolve("keyset.json")).doesNotExist();
        }

        @Test
        void withoutADataDirectoryAndNoneIsMade() {
            data = temporary.resolve("mistyped");

            assertNothing(run("--reason", "why"), 1);
            assertThat(data).doesNotExist();
        }

        @Test
        void withoutAReason() {
            assertNothing(run(), 2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "one\ntwo", "one\u2028two"})
        void forAReasonThatIsNotOneLineOfText(String reason) {
            assertNothing(run("--reason", reason), 2);
        }

        @Test
        void withoutAnEnvironment() throws IOException {
            Files.delete(data.resolve("bootstrap.env"));

            assertNothing(run("--reason", "why"), 2);
            assertThat(said()).contains("--environment");
        }

        @Test
        void whenTheLineCannotBeWritten() throws IOException {
            Path elsewhere = temporary.resolve("elsewhere");
            Files.createSymbolicLink(data.resolve("break-glass.log"), elsewhere);

            assertThat(run("--reason", "why")).isEqualTo(1);

            assertThat(printed()).isEmpty();
            assertThat(elsewhere).doesNotExist();
        }
    }
}
