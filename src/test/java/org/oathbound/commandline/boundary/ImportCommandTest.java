package org.oathbound.commandline.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.commandline.CommandRun;
import org.oathbound.commandline.FakeOathbound;
import org.oathbound.commandline.FakeOathbound.Asked;

@Tag("slow")
class ImportCommandTest {

    private static final String KEY = "12345678901234567890123456789012";
    private static final String DONE = """
            {"id": "job-1", "status": "DONE", "progress": {"total": 3, "processed": 3}, "result": {"created": 3}}
            """;

    @TempDir
    Path folder;

    private final FakeOathbound service = new FakeOathbound();
    private final Map<String, String> variables = service.variables();

    @BeforeEach
    void takesJobs() {
        service.on("POST", "/oathJobs", 202, "{\"id\": \"job-1\", \"status\": \"PENDING\"}");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path secret(String text) throws IOException {
        Path file = folder.resolve("secret");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private CommandRun run(Path file, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "import";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.of(variables, "", arguments);
    }

    private Asked posted() {
        return service.asked().get(0);
    }

    /** The names of the form's parts and what is in them, in their order. */
    private List<String> parts() {
        String boundary = Pattern.quote(posted().mediaType().replaceFirst(".*boundary=", ""));
        assertThat(posted().body()).matches("(?s).*--" + boundary + "--\r\n");
        return Pattern.compile(
                        "(?s)--" + boundary + "\r\n[^\n]*; name=\"([^\"]*)\".*?\r\n\r\n(.*?)(?=\r\n--" + boundary + ")")
                .matcher(posted().body())
                .results()
                .map((MatchResult part) -> part.group(1) + "=" + part.group(2))
                .toList();
    }

    @Nested
    @DisplayName("What is sent")
    class Sent {

        @BeforeEach
        void isDone() {
            service.onGet("/oathJobs/job-1", DONE);
        }

        @Test
        void aJobInJsonGoesAsItIs() throws IOException {
            String json = "{\"type\": \"CREATE_OATH_TOKENS\",\n \"tokens\": []}";
            assertThat(run(file("seeds.JSON", json)).exitCode()).isZero();
            assertThat(posted().body()).isEqualTo(json);
            assertThat(posted().mediaType()).isEqualTo("application/vnd.pingidentity.job.oathtokens.create+json");
        }

        @Test
        void aSeedFileIsTheLastPartAndTheStateStandsBeforeIt() throws IOException {
            Path state = file("state.csv", "serial,username\r\nS1,jane\r\n");
            CommandRun run = run(
                    file("seeds.csv", "S1,3132\r\nS2,\u00e9\r\n"),
                    "--state=" + state,
                    "--time-step=60",
                    "--type=TOTP",
                    "--preview",
                    "--minimum-secret-bits=80",
                    "--otp-length=8",
                    "--hash-algorithm=HmacSHA256",
                    "--encoding=BASE32",
                    "--format=OATH_CSV");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(posted().mediaType()).startsWith("multipart/form-data; boundary=");
            assertThat(parts())
                    .containsExactly(
                            "format=OATH_CSV",
                            "encoding=BASE32",
                            "type=TOTP",
                            "otpLength=8",
                            "timeStep=60",
                            "hashAlgorithm=HmacSHA256",
                            "minimumSecretBits=80",
                            "preview=true",
                            "state=serial,username\r\nS1,jane\r\n",
                            "file=S1,3132\r\nS2,\u00c3\u00a9\r\n"); // the bytes of UTF-8, one character each
        }

        @Test
        void onlyWhatIsGivenIsSent() throws IOException {
            run(file("seeds.csv", "x"), "--format", "YUBICO_CSV");
            assertThat(parts()).containsExactly("format=YUBICO_CSV", "file=x");
        }

        @ParameterizedTest
        @ValueSource(strings = {"seeds.xml", "seeds.pskc", "SEEDS.PSKC"})
        void pskcIsKnownByItsName(String name) throws IOException {
            run(file(name, "<x/>"));
            assertThat(parts()).containsExactly("format=PSKC", "file=<x/>");
        }

        @Test
        void aKeyIsReadFromAFile() throws IOException {
            run(file("seeds.xml", "<x/>"), "--key-file=" + secret(KEY + "\n"));
            assertThat(parts()).containsExactly("format=PSKC", "key=" + KEY, "file=<x/>");
        }

        @Test
        void aPasswordIsTheFirstLineOfAFile() throws IOException {
            run(file("seeds.xml", "<x/>"), "--password-file=" + secret(" two words \nno more\n"));
            assertThat(parts()).containsExactly("format=PSKC", "password= two words ", "file=<x/>");
        }

        @Test
        void eitherCanBeInTheEnvironmentAndAnOptionComesFirst() throws IOException {
            variables.put("OATHBOUND_FILE_KEY", KEY);
            run(file("seeds.xml", "<x/>"));
            assertThat(parts()).contains("key=" + KEY);
        }

        @Test
        void anOptionComesBeforeTheEnvironment() throws IOException {
            variables.put("OATHBOUND_FILE_KEY", KEY);
            run(file("seeds.xml", "<x/>"), "--password-file=" + secret("secret"));
            assertThat(parts()).containsExactly("format=PSKC", "password=secret", "file=<x/>");
        }

        @Test
        void aKeyInTheEnvironmentIsNotForOtherFormats() throws IOException {
            variables.put("OATHBOUND_FILE_KEY", KEY);
            run(file("seeds.csv", "x"), "--format=OATH_CSV");
            assertThat(parts()).containsExactly("format=OATH_CSV", "file=x");
        }
    }

    @Nested
    @DisplayName("What is refused before anything is sent")
    class Refused {

        private void refused(CommandRun run, String why) {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains(why);
            assertThat(service.asked()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"seeds.csv", "seeds.txt", "seeds.ldif", "seeds"})
        void aFormatIsNeverGuessed(String name) throws IOException {
            refused(run(file(name, "x")), "--format");
        }

        @Test
        void aKeyFileThatOthersCanRead() throws IOException {
            Path key = secret(KEY);
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
            refused(run(file("seeds.xml", "<x/>"), "--key-file=" + key), "chmod 600 " + key);
        }

        @Test
        void aKeyThatIsNoneAndIsNotShown() throws IOException {
            CommandRun run = run(file("seeds.xml", "<x/>"), "--key-file=" + secret("opensesame"));
            refused(run, "hexadecimal");
            assertThat(run.err()).doesNotContain("opensesame");
        }

        @Test
        void aKeyAndAPassword() throws IOException {
            Path secret = secret(KEY);
            refused(
                    run(file("seeds.xml", "<x/>"), "--key-file=" + secret, "--password-file=" + secret),
                    "a key or a password");
        }

        @Test
        void askingWhereThereIsNoTerminal() throws IOException {
            refused(run(file("seeds.xml", "<x/>"), "--ask-password"), "no terminal");
        }

        @Test
        void optionsThatAJobInJsonDoesNotTake() throws IOException {
            refused(run(file("seeds.json", "{}"), "--type=HOTP"), "JSON");
            refused(run(file("seeds.json", "{}"), "--preview"), "JSON");
            refused(run(file("seeds.json", "{}"), "--password-file=" + secret("x")), "JSON");
        }

        @Test
        void aReportOfAnEndThatIsNotWaitedFor() throws IOException {
            refused(run(file("seeds.json", "{}"), "--no-wait", "--report=x"), "--no-wait");
        }

        @Test
        void aReportThatIsThereAlready() throws IOException {
            Path there = file("report.csv", "mine");
            refused(run(file("seeds.json", "{}"), "--report=" + there), "is there already");
            assertThat(there).hasContent("mine");
        }

        @Test
        void aFileThatIsNotThere() {
            refused(run(folder.resolve("seeds.json")), "There is no file " + folder.resolve("seeds.json"));
        }
    }

    @Nested
    @DisplayName("What comes of it")
    class Outcome {

        private static final String FAULTY = """
                {"id": "job-1", "status": "DONE", "progress": {"total": 14, "processed": 14}, "result": {"created": 1,
                 "duplicates": [{"rowNumber": 1, "serialNumber": "S1", "maskedSecret": "31******"}], "errors": [
                 {"rowNumber": 2, "serialNumber": "S2", "target": "secret", "message": "Too short\\u001b[31m."},
                 {"rowNumber": 3, "message": "F3"}, {"rowNumber": 4, "message": "F4"}, {"rowNumber": 5, "message": "F5"},
                 {"rowNumber": 6, "message": "F6"}, {"rowNumber": 7, "message": "F7"}, {"rowNumber": 8, "message": "F8"},
                 {"rowNumber": 9, "message": "F9"}, {"rowNumber": 10, "message": "F10"},
                 {"rowNumber": 11, "message": "F11"}, {"rowNumber": 12, "message": "F12"}]}}
                """;

        @Test
        void itWaitsForTheEnd() throws IOException {
            service.onGet("/oathJobs/job-1", "{\"id\": \"job-1\", \"status\": \"PENDING\"}")
                    .onGet("/oathJobs/job-1", "{\"id\": \"job-1\", \"status\": \"PENDING\"}")
                    .onGet("/oathJobs/job-1", DONE);
            CommandRun run = run(file("seeds.json", "{}"));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo("Job job-1: DONE, 3 of 3 rows.\nRows: 3 created.\n");
            assertThat(run.err()).isEmpty();
        }

        @Test
        void aServiceThatIsRestartedMeanwhileIsWaitedFor() throws IOException {
            service.onGet("/oathJobs/job-1", "{\"id\": \"job-1\", \"status\": \"PENDING\"}")
                    .on("GET", "/oathJobs/job-1", 503, "{}", "Retry-After", "1")
                    .onGet("/oathJobs/job-1", DONE);
            assertThat(run(file("seeds.json", "{}")).exitCode()).isZero();
        }

        @Test
        void rowsThatAreNotRightAreShownAndNothingInThemMovesTheCursor() throws IOException {
            service.onGet("/oathJobs/job-1", FAULTY);
            CommandRun run = run(file("seeds.json", "{}"));
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.out())
                    .contains(
                            "Rows: 1 created, 1 there already, 11 faulty.\n",
                            "\n2    S2     secret: Too short?[31m.\n",
                            "\n12   -      F12\n",
                            "oathbound job report job-1")
                    .doesNotContain("\u001b");
        }

        @Test
        void aJobThatHasFailedIsAFailure() throws IOException {
            service.onGet(
                    "/oathJobs/job-1", "{\"id\": \"job-1\", \"status\": \"FAILED\", \"reason\": \"The key is lost.\"}");
            CommandRun run = run(file("seeds.json", "{}"));
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("FAILED", "The key is lost.");
        }

        @Test
        void aPreviewSaysThatNothingWasChanged() throws IOException {
            service.onGet("/oathJobs/job-1", DONE.replace("\"id\"", "\"preview\": true, \"id\""));
            assertThat(run(file("seeds.csv", "x"), "--format=OATH_CSV", "--preview")
                            .out())
                    .contains("This is a preview: nothing was changed.", "Every row: oathbound job report job-1");
        }

        @Test
        void jsonIsTheServicesOwn() throws IOException {
            service.onGet("/oathJobs/job-1", FAULTY);
            CommandRun run = run(file("seeds.json", "{}"), "--json");
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(Outputs.json(run.out())).isEqualTo(Outputs.json(FAULTY));
        }

        @Test
        void withoutWaitingItTellsHowToFollow() throws IOException {
            CommandRun run = run(file("seeds.json", "{}"), "--no-wait");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("oathbound job follow job-1");
            assertThat(service.asked()).hasSize(1);
        }

        private static final String REPORT = "\"serial\",\"row\"\r\n\"S2\",\"2\"\r\n\"# end: 1 lines\",\"\"\r\n";

        @Test
        void theReportGoesToAFileOfOnesOwn() throws IOException {
            service.onGet("/oathJobs/job-1", FAULTY).onGet("/oathJobs/job-1/report", REPORT);
            Path report = folder.resolve("report.csv");
            assertThat(run(file("seeds.json", "{}"), "--report=" + report).exitCode())
                    .isEqualTo(3);
            assertThat(Files.readString(report)).isEqualTo(REPORT);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
                    .isEqualTo("rw-------");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 20, 43, 44})
        void ofAReportThatIsCutOffNothingIsLeft(int length) throws IOException {
            service.onGet("/oathJobs/job-1", FAULTY).onGet("/oathJobs/job-1/report", REPORT.substring(0, length));
            Path report = folder.resolve("report.csv");
            CommandRun run = run(file("seeds.json", "{}"), "--report=" + report);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("cut off");
            assertThat(report).doesNotExist();
        }

        @Test
        void aLongReportEndsAsAShortOne() {
            String rows = "\"S\",\"1\"\r\n".repeat(10_000) + REPORT;
            service.onGet("/oathJobs/job-1/report", rows);
            CommandRun run = CommandRun.of(variables, "", "job", "report", "job-1");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(rows);
        }
    }
}
