package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is refused leaves no job and changes nothing. */
class RefusedJobIT extends Deployed {

    private static final int MAX_ROWS = 100_000;

    @Test
    void aBodyThatBreaksOffIsNoJob() {
        assertNothingHappens(400, "INVALID_REQUEST", Oathbound.CREATE, rows(50_000) + ",{\"serialNumber\":");
    }

    @Test
    void malformedJsonAfterManyGoodRowsIsNoJob() {
        assertNothingHappens(400, "INVALID_REQUEST", Oathbound.CREATE, rows(50_000) + ",}]}");
    }

    @Test
    void oneRowTooManyIsNoJob() {
        assertNothingHappens(400, "INVALID_DATA", Oathbound.CREATE, rows(MAX_ROWS + 1) + "]}");
    }

    @Test
    void anUnknownTypeIsNoJob() {
        assertNothingHappens(
                400,
                "INVALID_DATA",
                Oathbound.CREATE,
                rows(1).replace("CREATE_OATH_TOKENS", "BAKE_OATH_TOKENS") + "]}");
        assertNothingHappens(400, "INVALID_DATA", Oathbound.CREATE, "{\"tokens\":[]}");
        assertNothingHappens(400, "INVALID_DATA", Oathbound.CREATE, "{\"type\":\"CREATE_OATH_TOKENS\"}");
        assertNothingHappens(400, "INVALID_DATA", Oathbound.REVOKE, rows(1) + "]}");
    }

    @Test
    void anotherMediaTypeIsNoJob() {
        assertNothingHappens(415, "INVALID_REQUEST", Oathbound.JSON, rows(1) + "]}");
        assertNothingHappens(
                415, "INVALID_REQUEST", "application/vnd.pingidentity.job.oathtokens.bake+json", rows(1) + "]}");
    }

    @Test
    void aBodyOfMoreThan64MebibytesIsNoJob() {
        assertNothingHappens(413, "INVALID_REQUEST", () -> postChunked(rowsOf(65 << 20)));
    }

    @Test
    void aBodyThatIsAnnouncedAsMoreThan64MebibytesIsNoJob() {
        byte[] body = rowsOf(65 << 20);
        assertNothingHappens(
                413,
                "INVALID_REQUEST",
                () -> oathbound.post("/oathJobs", Oathbound.CREATE, BodyPublishers.ofByteArray(body)));
    }

    @Test
    void anotherEnvironmentsAccessTokenDoesNothing() {
        String elsewhere = "/v1/environments/" + UUID.randomUUID() + "/oathJobs";
        assertNothingHappens(
                403,
                "ACCESS_FAILED",
                () -> oathbound.send(oathbound
                        .authorized(elsewhere)
                        .header("Content-Type", Oathbound.CREATE)
                        .POST(BodyPublishers.ofString(rows(1) + "]}"))));
    }

    private void assertNothingHappens(int status, String code, String mediaType, String body) {
        assertNothingHappens(status, code, () -> oathbound.post("/oathJobs", mediaType, BodyPublishers.ofString(body)));
    }

    private void assertNothingHappens(int status, String code, Supplier<Answer> request) {
        String newest = newestJob();
        Answer answer = request.get();
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(newestJob()).isEqualTo(newest);
        assertThat(oathbound.has("NEVER0")).isFalse();
    }

    private Answer postChunked(byte[] body) {
        return oathbound.post(
                "/oathJobs", Oathbound.CREATE, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    }

    /** A job of good rows that together have so many bytes, and not too many rows. */
    private static byte[] rowsOf(int bytes) {
        String row = Seeds.hotp("NEVER0").put("padding", "x".repeat(1_000)).toString();
        return (rows(1) + ("," + row).repeat(bytes / row.length()) + "]}").getBytes(StandardCharsets.UTF_8);
    }

    private String newestJob() {
        return oathbound.get("/oathJobs?limit=1").text("/_embedded/oathJobs/0/id");
    }

    /** The beginning of a job with so many good rows; its array is still open. */
    private static String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> Seeds.hotp("NEVER" + n).toString())
                .collect(Collectors.joining(",", "{\"type\":\"CREATE_OATH_TOKENS\",\"tokens\":[", ""));
    }
}
