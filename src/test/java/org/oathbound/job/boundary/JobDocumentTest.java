package org.oathbound.job.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.control.Jobs;
import org.oathbound.job.control.JobsFixture;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.seedfile.control.RowLimit;

@Tag("slow")
class JobDocumentTest {

    @TempDir
    static Path data;

    private static Seals seals;

    private Environment environment;
    private Jobs jobs;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        WholeEmbeddedDirectory directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        jobs = JobsFixture.jobs(directory, seals, task -> {});
    }

    private Job receive(InputStream body) {
        JobDocument document = new JobDocument(Job.Type.CREATE_OATH_TOKENS, "tokens");
        return jobs.receive(
                environment, Job.Type.CREATE_OATH_TOKENS, upload -> document.read(body, upload, selection -> {}));
    }

    private Job receive(String body) {
        return receive(new ByteArrayInputStream(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Nested
    @DisplayName("A body is one object with options and rows, in any order")
    class Reads {

        @Test
        void rowsBeforeOptions() {
            Job job = receive("{'tokens':[{},{}],'minimumSecretBits':80,'type':'CREATE_OATH_TOKENS','other':[1,{}]}");
            assertThat(job.rows()).isEqualTo(2);
            assertThat(job.options().minimumSecretBits()).isEqualTo(80);
        }

        @Test
        void theUsualOptions() {
            assertThat(receive("{'type':'CREATE_OATH_TOKENS','tokens':[1]}").options())
                    .isEqualTo(Job.Options.of(128, false, false));
        }
    }

    @Nested
    @DisplayName("Faults of the options are named together, and there is no job")
    class Faults {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                {'tokens':[{}]}                                                    | REQUIRED_VALUE | type
                {'type':'REVOKE_OATH_TOKENS','tokens':[{}]}                        | INVALID_VALUE  | type
                {'type':'CREATE_OATH_TOKENS'}                                      | REQUIRED_VALUE | tokens
                {'type':'CREATE_OATH_TOKENS','tokens':null}                        | REQUIRED_VALUE | tokens
                {'type':'CREATE_OATH_TOKENS','tokens':{}}                          | INVALID_VALUE  | tokens
                {'type':'CREATE_OATH_TOKENS','tokens':[]}                          | EMPTY_VALUE    | tokens
                {'type':'CREATE_OATH_TOKENS','tokens':[{}],'async':false}          | INVALID_VALUE  | async
                {'type':'CREATE_OATH_TOKENS','tokens':[{}],'minimumSecretBits':79} | OUT_OF_RANGE   | minimumSecretBits
                {'type':'CREATE_OATH_TOKENS','tokens':[{}],'minimumSecretBits':1e999999999} | OUT_OF_RANGE | minimumSecretBits
                {'type':'CREATE_OATH_TOKENS','tokens':[{}],'forceUnpair':'yes'}    | INVALID_VALUE  | forceUnpair
                """)
        void one(String body, String code, String target) {
            Problem problem = catchThrowableOfType(Problem.InvalidData.class, () -> receive(body));
            assertThat(problem.details())
                    .extracting(detail -> detail.code().name(), Detail::target)
                    .containsExactly(tuple(code, target));
            assertThat(jobs.page(environment, null, 10).items()).isEmpty();
        }

        @Test
        void all() {
            assertThat(catchThrowableOfType(Problem.InvalidData.class, () -> receive("{'async':1,'type':2}"))
                            .details())
                    .extracting(Detail::target)
                    .containsExactly("type", "tokens", "async");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "{'type':'CREATE_OATH_TOKENS','tokens':[{}]",
                    "{'type':'CREATE_OATH_TOKENS','tokens':[{}]}}",
                    "{'type':'CREATE_OATH_TOKENS','tokens':[{}],'tokens':[{}]}",
                    "{'type':'CREATE_OATH_TOKENS','tokens':[{]}",
                    "{'type':'CREATE_OATH_TOKENS','tokens':[{}],}"
                })
        void malformed(String body) {
            assertThat(catchThrowableOfType(Problem.InvalidRequest.class, () -> receive(body)))
                    .isNotNull();
            assertThat(jobs.page(environment, null, 10).items()).isEmpty();
        }
    }

    @Nested
    @DisplayName("What is read of a body is never far ahead of the rows that were passed on")
    class Bounded {

        private static final String ROW = "{\"serialNumber\":\"1234567890\"},";

        @Test
        void whateverTheBodysLength() {
            AtomicInteger rows = new AtomicInteger();
            int wanted = 50_000;
            JobDocument document = new JobDocument(Job.Type.CREATE_OATH_TOKENS, "tokens");
            jobs.receive(environment, Job.Type.CREATE_OATH_TOKENS, upload -> {
                InputStream endless = new InputStream() {
                    private final byte[] start =
                            "{\"type\":\"CREATE_OATH_TOKENS\",\"tokens\":[".getBytes(StandardCharsets.US_ASCII);
                    private final byte[] row = ROW.getBytes(StandardCharsets.US_ASCII);
                    private final byte[] end = "{}]}".getBytes(StandardCharsets.US_ASCII);
                    private int position;

                    @Override
                    public int read() {
                        int ahead = position - start.length - upload.rows() * row.length;
                        assertThat(ahead).isLessThan(RowLimit.BYTES);
                        int inRows = position - start.length;
                        int inEnd = inRows - wanted * row.length;
                        int next = inRows < 0
                                ? start[position]
                                : inEnd < 0 ? row[inRows % row.length] : inEnd < end.length ? end[inEnd] : -1;
                        position++;
                        rows.set(upload.rows());
                        return next;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        for (int i = 0; i < length; i++) {
                            int next = read();
                            if (next < 0) {
                                return i == 0 ? -1 : i;
                            }
                            buffer[offset + i] = (byte) next;
                        }
                        return length;
                    }
                };
                return document.read(endless, upload, selection -> {});
            });
            assertThat(rows.get()).isGreaterThan(wanted - 5_000);
        }

        @Test
        void aRowThatDoesNotEndIsRefused() {
            String body = "{'type':'CREATE_OATH_TOKENS','tokens':[{'secret':'" + "A".repeat(200_000) + "'}]}";
            assertThat(catchThrowableOfType(Problem.TooLarge.class, () -> receive(body)))
                    .isNotNull();
        }

        @Test
        void soIsAnOption() {
            String body = "{'type':'" + "A".repeat(200_000) + "','tokens':[{}]}";
            assertThat(catchThrowableOfType(Problem.TooLarge.class, () -> receive(body)))
                    .isNotNull();
        }

        @Test
        void andADeepRow() {
            String body = "{'tokens':[" + "[".repeat(5_000) + "]".repeat(5_000) + "]}";
            assertThat(catchThrowableOfType(Problem.InvalidRequest.class, () -> receive(body)))
                    .isNotNull();
        }

        @Test
        void manyRowsOfAFairSizeAreNoLongRow() {
            String row = "{'note':'" + "A".repeat(30_000) + "'}";
            String body = "{'type':'CREATE_OATH_TOKENS','tokens':[" + (row + ",").repeat(20) + row + "]}";
            assertThat(receive(body).rows()).isEqualTo(21);
        }
    }
}
