package org.oathbound.report.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayOutputStream;
import java.lang.annotation.Annotation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.Directories;
import org.oathbound.directory.SteppedDirectory;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Secrets;
import org.oathbound.problem.Problem;
import org.oathbound.report.control.ReportLine;
import org.oathbound.report.control.ReportLine.OathToken;
import org.oathbound.report.control.ReportsFixture;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.NewToken.Label;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Validity;

@Tag("slow")
class ReportsResourceTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String CSV = "text/csv";

    private static WholeEmbeddedDirectory directory;
    private static Environments environments;
    private static Environment environment;
    private static Seals seals;
    private static InMemoryApi api;

    @BeforeAll
    static void start(@TempDir java.nio.file.Path keys) {
        directory = Directories.fresh();
        environments = new Environments(directory, directory);
        environment = environments.createDefault(UUID.randomUUID(), "check");
        seals = new Seals(KeySets.in(keys));
        api = api(directory);
        DevicesFixture parts = new DevicesFixture(directory, seals, new TestClock(NOW));
        token(parts, "STOCK1", "=HYPERLINK(\"http://evil.example\")", NOW.plus(Duration.ofDays(100)));
        token(parts, "JANES1", "Feitian", NOW.minus(Duration.ofDays(1)));
        parts.pairing.pair(
                environment,
                parts.person(environment, "jane").id(),
                new NewDevice(new Fob(new SerialNumber("JANES1")), Status.ACTIVATION_REQUIRED, "+1", null));
    }

    @AfterAll
    static void stop() {
        directory.close();
    }

    private static InMemoryApi api(WholeDirectory over) {
        TestClock clock = new TestClock(NOW);
        return new InMemoryApi(
                new ReportsResource(
                        environments, ReportsFixture.reports(over, new DevicesFixture(over, seals, clock)), clock),
                ReportWriter.class);
    }

    private static void token(DevicesFixture parts, String serialNumber, String manufacturer, Instant expiresAt) {
        parts.tokens.create(
                environment,
                new NewToken(
                        new SerialNumber(serialNumber),
                        Secrets.of(serialNumber),
                        HashAlgorithm.SHA_1,
                        6,
                        new Counter(5),
                        new Label(1, manufacturer, null, expiresAt),
                        Validity.ALWAYS));
    }

    private static Answer get(InMemoryApi from, String report, String accept) {
        return from.get("v1/environments/" + environment.id() + "/reports/" + report)
                .accept(accept)
                .send();
    }

    private static Answer get(String report, String accept) {
        return get(api, report, accept);
    }

    private static List<JsonObject> rows(String report) {
        Answer answer = get(report, "application/json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("rows").getValuesAs(JsonObject.class);
    }

    private static List<NamedCsvRecord> records(String report) {
        Answer answer = get(report, CSV);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return CsvReader.builder().ofNamedCsvRecord(answer.body()).stream().toList();
    }

    @Nested
    @DisplayName("As JSON")
    class Json {

        @Test
        void oneObjectWithARowForEachLineAndTheirCount() {
            Answer answer = get("oathTokens", "application/json");

            assertThat(answer.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
            assertThat(answer.header("Content-Disposition")).isEmpty();
            assertThat(answer.json().keySet()).containsExactly("rows", "count");
            assertThat(answer.json().getInt("count")).isEqualTo(2);
        }

        @Test
        void numbersAndTruthsAreTheirOwnAndWhatThereIsNotIsLeftOut() {
            JsonObject stock = rows("oathTokens").stream()
                    .filter(row -> row.getString("serialNumber").equals("STOCK1"))
                    .findFirst()
                    .orElseThrow();

            assertThat(stock.keySet())
                    .containsExactly(
                            "serialNumber",
                            "tokenId",
                            "type",
                            "state",
                            "expiresAt",
                            "expired",
                            "counter",
                            "manufacturer");
            assertThat(stock.getInt("counter")).isEqualTo(5);
            assertThat(stock.getBoolean("expired")).isFalse();
            assertThat(stock.getString("expiresAt")).isEqualTo("2026-04-12T03:04:05.678Z");
            assertThat(stock.getString("manufacturer")).startsWith("=HYPERLINK");
        }

        @ParameterizedTest
        @ValueSource(strings = {"*/*", "application/*", "text/html,*/*;q=0.8", "text/csv;q=0.5,application/json"})
        void isWhatIsAnsweredWhereNothingElseIsWanted(String accept) {
            assertThat(get("oathTokens", accept).header("Content-Type")).startsWith("application/json");
        }
    }

    @Nested
    @DisplayName("As comma-separated values")
    class Csv {

        @Test
        void aFileWithAName() {
            Answer answer = get("oathTokens", CSV);

            assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
            assertThat(answer.header("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"oathTokens-20260102T030405Z.csv\"");
        }

        @Test
        void aLineOfNamesALineEachAndALastOne() {
            List<NamedCsvRecord> records = records("oathTokens");

            assertThat(records).hasSize(3);
            assertThat(records.get(0).getHeader()).containsExactly(names(OathToken.class));
            assertThat(records.get(2).getField("serialNumber")).isEqualTo("# end: 2 lines");
            assertThat(records)
                    .allSatisfy(record -> assertThat(record.getFieldCount()).isEqualTo(names(OathToken.class).length));
        }

        @Test
        void noCellStartsAFormula() {
            assertThat(records("oathTokens"))
                    .extracting(record -> record.getField("manufacturer"))
                    .contains("'=HYPERLINK(\"http://evil.example\")");
            assertThat(records("notActivated").get(0).getField("nickname")).isEqualTo("'+1");
        }

        private static String[] names(Class<? extends ReportLine> type) {
            return Stream.of(type.getRecordComponents())
                    .map(component -> component.getName())
                    .toArray(String[]::new);
        }
    }

    @Nested
    @DisplayName("Each report has its own lines")
    class Each {

        @Test
        void notActivated() {
            assertThat(rows("notActivated")).hasSize(1).allSatisfy(row -> {
                assertThat(row.getString("username")).isEqualTo("jane");
                assertThat(row.getString("serialNumber")).isEqualTo("JANES1");
                assertThat(row.getString("deviceType")).isEqualTo("OATH_TOKEN");
                assertThat(row.getString("state")).isEqualTo("ACTIVATION_REQUIRED");
                assertThat(row.getString("since")).isEqualTo("2026-01-02T03:04:05.678Z");
            });
        }

        @Test
        void endingWithin90DaysUnlessAnotherTimeIsSaid() {
            assertThat(rows("ending"))
                    .extracting(row -> row.getString("serialNumber"))
                    .containsExactly("JANES1");
            assertThat(rows("ending").get(0).getBoolean("expired")).isTrue();
            assertThat(rows("ending?within=P0D")).hasSize(1);
            assertThat(rows("ending?within=P100D")).hasSize(1);
            assertThat(rows("ending?within=P101D")).hasSize(2);
            assertThat(rows("ending?within=P3653D")).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "P3654D", "P-1D", "90", "P3M", "PT90H", "p90d", "P90D ", "P99999999999D", "P٣D"})
        void timesThatAreNoneAreRefused(String within) {
            Answer answer = get("ending?within=" + URLEncoder.encode(within, StandardCharsets.UTF_8), CSV);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("code")).isEqualTo("INVALID_REQUEST");
            assertThat(answer.json().getJsonArray("details").getJsonObject(0).getString("target"))
                    .isEqualTo("within");
        }

        @Test
        void ofNoOtherEnvironment() {
            assertThat(api.get("v1/environments/" + UUID.randomUUID() + "/reports/ending")
                            .send()
                            .status())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("One that ended early can be told from a whole one")
    class CutOff {

        private final ReportAnswer failing = new ReportAnswer("x", NOW, OathToken.class, lines -> {
            IntStream.range(0, 1_000).forEach(i -> lines.accept(line("S" + i)));
            throw new IllegalStateException("The disk is gone.");
        });

        private OathToken line(String serialNumber) {
            return new OathToken(
                    serialNumber,
                    "t",
                    null,
                    ReportLine.State.STOCK,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        private String written(MediaType type) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> new ReportWriter()
                            .writeTo(
                                    failing,
                                    ReportAnswer.class,
                                    ReportAnswer.class,
                                    new Annotation[0],
                                    type,
                                    new MultivaluedHashMap<>(),
                                    out))
                    .hasMessage("The disk is gone.");
            return out.toString(StandardCharsets.UTF_8);
        }

        @Test
        void asJsonItIsNone() {
            assertThat(written(MediaType.APPLICATION_JSON_TYPE))
                    .startsWith("{\"rows\":[{")
                    .doesNotContain("]");
        }

        @Test
        void asCommaSeparatedValuesItHasNoLastLine() {
            assertThat(written(MediaType.valueOf(SpreadsheetCsv.MEDIA_TYPE)))
                    .startsWith("\"serialNumber\"")
                    .doesNotContain("# end");
        }

        @Test
        void beforeAnythingWasSentItIsAnErrorLikeAnyOther() {
            AtomicInteger calls = new AtomicInteger();
            Answer answer = get(
                    api(new SteppedDirectory(directory, step -> {
                        if (calls.incrementAndGet() > 2) {
                            throw new Problem.Unavailable("The directory is away.", Duration.ofSeconds(1));
                        }
                    })),
                    "oathTokens",
                    CSV);

            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.header("Content-Disposition")).isEmpty();
            assertThat(answer.json().getString("code")).isEqualTo("UNEXPECTED_ERROR");
        }
    }

    @Test
    @DisplayName("Reports are for whoever may read tokens, devices and people")
    void rolesThatMayReadThem() {
        assertThat(ReportsResource.class.getDeclaredMethods())
                .filteredOn(method -> method.isAnnotationPresent(GET.class))
                .hasSize(3)
                .allSatisfy(method -> assertThat(Role.values())
                        .filteredOn(role -> Arrays.stream(
                                        method.getAnnotation(Requires.class).value())
                                .allMatch(role::permits))
                        .containsExactly(
                                Role.IDENTITY_DATA_ADMIN,
                                Role.IDENTITY_DATA_READ_ONLY,
                                Role.HELP_DESK,
                                Role.TOKEN_MANAGER,
                                Role.AUDITOR));
    }
}
