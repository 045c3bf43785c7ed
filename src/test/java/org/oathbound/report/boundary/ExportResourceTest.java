package org.oathbound.report.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Directories;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.problem.Problem;
import org.oathbound.report.control.ExportsFixture;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.control.Pskc;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.control.SeedRows;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

@Tag("slow")
class ExportResourceTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String HEX = "00112233445566778899aabbccddeeff";
    private static final String PASSWORD = "correct horse!";
    private static final String CALLER = "5f4dcc3b-0000-4000-8000-000000000001";

    @TempDir
    private static java.nio.file.Path keys;

    private final List<String> logged = new ArrayList<>();
    private final Logger logger = Logger.getLogger("org.oathbound");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLevel() + " " + MessageFormat.format(record.getMessage(), record.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private WholeEmbeddedDirectory directory;
    private Environments environments;
    private Environment environment;
    private Seals seals;
    private InMemoryApi api;

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environments = new Environments(directory, directory);
        environment = environments.createDefault(UUID.randomUUID(), "check");
        seals = new Seals(KeySets.in(keys));
        DevicesFixture parts = new DevicesFixture(directory, seals, new TestClock(NOW));
        parts.fob(environment, "FOB1");
        parts.fob(environment, "FOB2");
        api = api(directory);
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
        directory.close();
    }

    private InMemoryApi api(WholeDirectory over) {
        TestClock clock = new TestClock(NOW);
        DevicesFixture parts = new DevicesFixture(over, seals, clock);
        ContainerRequestFilter caller = ExportResourceTest::authenticate;
        return new InMemoryApi(
                new ExportResource(environments, ExportsFixture.exports(over, seals, parts), clock), caller);
    }

    private static void authenticate(ContainerRequestContext request) {
        request.setSecurityContext(new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return new CallerPrincipal(CALLER);
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }

            @Override
            public boolean isSecure() {
                return true;
            }

            @Override
            public @Nullable String getAuthenticationScheme() {
                return null;
            }
        });
    }

    private Answer post(InMemoryApi to, String body) {
        return to.post("v1/environments/" + environment.id() + "/export", "application/json")
                .send(body);
    }

    private Answer post(String body) {
        return post(api, body);
    }

    private static String body(String name, String value) {
        return Json.createObjectBuilder().add(name, value).build().toString();
    }

    private static List<SeedRow> rows(String file, FileKey key) {
        List<SeedRow> rows = new ArrayList<>();
        new Pskc(Hints.NONE, key).read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), new SeedRows() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(SeedRow row) {
                rows.add(row);
            }
        });
        return rows;
    }

    @Nested
    @DisplayName("A key or a password opens the file")
    class Opens {

        @ParameterizedTest
        @ValueSource(strings = {HEX, HEX + "0123456789ABCDEF", HEX + HEX})
        void aKey(String hex) {
            Answer answer = post(body("key", hex));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/pskc+xml");
            assertThat(answer.header("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"tokens-20260102T030405Z.pskc.xml\"");
            FileKey key = new FileKey.PreShared(new SecretKeySpec(HexFormat.of().parseHex(hex), "AES"));
            assertThat(rows(answer.body(), key)).hasSize(2).allSatisfy(row -> assertThat(row.faults())
                    .isEmpty());
        }

        @Test
        void aPassword() {
            Answer answer = post(body("password", PASSWORD));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(rows(answer.body(), new FileKey.Password(PASSWORD)))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.faults()).isEmpty());
            assertThat(rows(answer.body(), new FileKey.Password(PASSWORD + "!")))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.faults()).isNotEmpty());
        }

        @Test
        void fourteenCharactersWhateverTheyAre() {
            assertThat(post(body("password", "\ud83d\ude00".repeat(14))).status())
                    .isEqualTo(200);
            assertThat(post(body("password", "\ud83d\ude00".repeat(13))).status())
                    .isEqualTo(400);
        }
    }

    @Nested
    @DisplayName("Without one of them there is no file")
    class Refused {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {}                                                            | password | REQUIRED_VALUE
                {"password":null}                                             | password | REQUIRED_VALUE
                {"password":""}                                               | password | INVALID_VALUE
                {"password":"thirteenchars"}                                  | password | INVALID_VALUE
                {"password":12345678901234}                                   | password | INVALID_VALUE
                {"password":"fourteen chars\\u0000"}                           | password | INVALID_VALUE
                {"key":""}                                                    | key      | INVALID_VALUE
                {"key":"00112233445566778899aabbccddee"}                      | key      | INVALID_VALUE
                {"key":"00112233445566778899aabbccddeefg"}                    | key      | INVALID_VALUE
                {"key":"00112233445566778899aabbccddeeff00"}                  | key      | INVALID_VALUE
                {"key":true}                                                  | key      | INVALID_VALUE
                {"key":"00112233445566778899aabbccddeeff","password":"correct horse!"} | key | CONSTRAINT_VIOLATION
                """)
        void eachFaultIsNamed(String body, String target, String code) {
            Answer answer = post(body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("code")).isEqualTo("INVALID_DATA");
            assertThat(answer.json().getJsonArray("details").getValuesAs(JsonObject.class))
                    .singleElement()
                    .satisfies(detail -> {
                        assertThat(detail.getString("target")).isEqualTo(target);
                        assertThat(detail.getString("code")).isEqualTo(code);
                    });
            assertThat(answer.body()).doesNotContain("thirteen", "correct", "00112233", "KeyContainer");
            assertThat(logged).isEmpty();
        }

        @Test
        void aPasswordIsNotEndless() {
            assertThat(post(body("password", "x".repeat(1_000))).status()).isEqualTo(200);
            assertThat(post(body("password", "x".repeat(1_001))).status()).isEqualTo(400);
        }

        @Test
        void ofNoOtherEnvironment() {
            assertThat(api.post("v1/environments/" + UUID.randomUUID() + "/export", "application/json")
                            .send(body("key", HEX))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("The log says who took how many, and no secret")
    class Logged {

        @Test
        void oneLine() {
            post(body("password", PASSWORD));
            assertThat(logged)
                    .containsExactly("INFO The application " + CALLER + " exported the tokens of the environment "
                            + environment.id() + ": 2 of them, 0 can't be read.");
        }

        /** After the first page of tokens. */
        @Test
        void oneThatWasBrokenOffToo() {
            DevicesFixture parts = new DevicesFixture(directory, seals, new TestClock(NOW));
            IntStream.range(0, 500).forEach(i -> parts.fob(environment, "MORE" + i));
            AtomicInteger calls = new AtomicInteger();
            SteppedDirectory breaking = new SteppedDirectory(directory, step -> {
                if (calls.incrementAndGet() > 1) {
                    throw new Problem.Unavailable("The directory is away.", Duration.ofSeconds(1));
                }
            });
            assertThat(post(api(breaking), body("key", HEX)).body())
                    .contains("<pskc:KeyPackage>")
                    .doesNotContain("</pskc:KeyContainer>");
            assertThat(logged)
                    .filteredOn(line -> line.startsWith("INFO "))
                    .singleElement()
                    .asString()
                    .endsWith(": 500 of them, 0 can't be read; it was broken off.");
        }
    }

    @Test
    @DisplayName("An export is for the Environment Admin alone")
    void theRoleThatMay() {
        Requires requires = Arrays.stream(ExportResource.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("export"))
                .findFirst()
                .orElseThrow()
                .getAnnotation(Requires.class);
        assertThat(Role.values())
                .filteredOn(role -> Arrays.stream(requires.value()).allMatch(role::permits))
                .containsExactly(Role.ENVIRONMENT_ADMIN);
    }
}
