package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.util.Base32;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Seed files as they come by post: by themselves and in forms. */
class SeedFileIT extends Deployed {

    private static final Path FIGURES = Path.of("src/test/resources/org/oathbound/seedfile/control/rfc6030");

    /** A form of fields and a file, as curl and browsers write it. */
    private static String form(List<String> fields, String file) {
        StringBuilder form = new StringBuilder();
        for (String field : fields) {
            String[] parts = field.split("=", 2);
            form.append("--xYz\r\nContent-Disposition: form-data; name=\"")
                    .append(parts[0])
                    .append("\"\r\n\r\n")
                    .append(parts[1])
                    .append("\r\n");
        }
        return form.append("--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"seeds\"\r\n")
                .append("Content-Type: application/octet-stream\r\n\r\n")
                .append(file)
                .append("\r\n--xYz--\r\n")
                .toString();
    }

    private Answer post(String mediaType, String tail, String body) {
        return oathbound.post("/oathJobs" + tail, mediaType, BodyPublishers.ofString(body));
    }

    private Answer postForm(List<String> fields, String file) {
        return post("multipart/form-data; boundary=xYz", "", form(fields, file));
    }

    private JsonNode done(Answer accepted) {
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return oathbound.done(accepted.text("/id"));
    }

    private String report(JsonNode job) {
        Answer report = oathbound.get("/oathJobs/" + job.get("id").asText() + "/report", "Accept", "text/csv");
        assertThat(report.status()).as(report.body()).isEqualTo(200);
        return report.body();
    }

    private static String base32(String serialNumber) {
        return Base32.encode(HexFormat.of().parseHex(Seeds.secret(serialNumber)));
    }

    private int jobs() {
        return oathbound
                .get("/oathJobs?limit=100")
                .json()
                .at("/_embedded/oathJobs")
                .size();
    }

    @Test
    void aFileIsPreviewedThenImportedAndItsRowsAreReported() {
        String good = Seeds.serialNumber("CSV");
        String secret = Seeds.secret(good);
        String file = "\ufeffserial;key;type;length;counter\r\n" + good + ";" + secret + ";HOTP;6;5\r\n" + "=1+1;"
                + secret + ";totp;6;\r\n";
        JsonNode preview = done(postForm(List.of("format=OATH_CSV", "preview=true"), file));
        assertThat(preview.at("/preview").asBoolean()).isTrue();
        assertThat(preview.at("/result/created").asInt()).isEqualTo(1);
        assertThat(oathbound.has(good)).isFalse();
        assertThat(report(preview).lines())
                .containsExactly(
                        "\"serial\",\"key\",\"type\",\"length\",\"counter\",\"row\",\"outcome\",\"reason\"",
                        "\"" + good + "\",\"" + secret.substring(0, 2)
                                + "******\",\"HOTP\",\"6\",\"5\",\"2\",\"CREATE\",\"\"",
                        "\"'=1+1\",\"" + secret.substring(0, 2)
                                + "******\",\"totp\",\"6\",\"\",\"3\",\"FAULTY\",\"serialNumber: The serial number may have"
                                + " letters and digits only. totp.timeStep: The file does not say it; say it by the"
                                + " parameter timeStep.\"",
                        "\"# end: 2 lines\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"");

        JsonNode job = done(postForm(List.of("format=OATH_CSV"), file));
        assertThat(job.at("/result/created").asInt()).isEqualTo(1);
        assertThat(job.at("/result/errors"))
                .extracting(error -> error.get("rowNumber").asInt(), error -> error.get("target")
                        .asText())
                .containsExactly(tuple(3, "serialNumber"), tuple(3, "totp.timeStep"));
        assertThat(report(job).lines()).hasSize(3);
        assertThat(oathbound
                        .tokens("serialNumber eq \"" + good + "\"")
                        .json()
                        .at("/_embedded/oathTokens/0/hotp/counter")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aKnownUpnGetsTheToken() {
        String jane = "jane." + UUID.randomUUID() + "@example.com";
        OwnDevices janes = OwnDevices.ofNewUser(oathbound, jane);
        String serialNumber = Seeds.serialNumber("ENTRA");
        String file = "upn,serial number,secret key,time interval,manufacturer,model\n" + jane + "," + serialNumber
                + "," + base32(serialNumber) + ",30,Contoso,HardwareKey\n";
        JsonNode job = done(post("text/csv; charset=utf-8", "?format=ENTRA_CSV", file));
        assertThat(job.at("/result/pairsCreated").asInt()).isEqualTo(1);
        JsonNode device = janes.list().json().at("/_embedded/devices/0");
        assertThat(device.at("/status").asText()).isEqualTo("ACTIVE");
        assertThat(device.at("/serialNumber").asText()).isEqualTo(serialNumber);

        // What a system before may have accepted is not accepted here; what comes after it is.
        long step = Instant.parse(job.get("createdAt").asText()).getEpochSecond() / 30;
        String id = device.get("id").asText();
        assertThat(janes.signOn(id, Seeds.code(serialNumber, step)).status()).isEqualTo(400);
        assertThat(janes.signOn(id, Seeds.code(serialNumber, step + 2)).text("/status"))
                .isEqualTo("COMPLETED");
    }

    @Test
    void aTokenThatMovesInIsItsOwnersAsItWasBefore() {
        String jane = "jane" + UUID.randomUUID();
        OwnDevices janes = OwnDevices.ofNewUser(oathbound, jane);
        String moved = Seeds.serialNumber("MOVED");
        String stock = Seeds.serialNumber("MOVED");
        String seeds =
                moved + "," + Seeds.secret(moved) + ",hotp,6,\n" + stock + "," + Seeds.secret(stock) + ",hotp,6,\n";
        String state = "serial,username,counter,drift,status\n" + moved.toLowerCase(Locale.ROOT) + "," + jane
                + ",42,,ACTIVE\nLOST1," + jane + ",1,,ACTIVE\n";
        String form = "--xYz\r\nContent-Disposition: form-data; name=\"state\"; filename=\"state.csv\"\r\n\r\n" + state
                + "\r\n" + form(List.of("format=OATH_CSV"), seeds);
        JsonNode job = done(post("multipart/form-data; boundary=xYz", "", form));
        assertThat(job.at("/result/created").asInt()).isEqualTo(2);
        assertThat(job.at("/result/pairsCreated").asInt()).isEqualTo(1);
        assertThat(report(job)).contains("\"LOST1\"").contains("not in the seed file");
        String device = janes.list().json().at("/_embedded/devices/0/id").asText();
        assertThat(janes.signOn(device, Seeds.code(moved, 41)).status()).isEqualTo(400);
        assertThat(janes.signOn(device, Seeds.code(moved, 42)).text("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void anEncryptedFileOpensWithItsKeyAndWithNoOther() throws IOException {
        String figure6 = Files.readString(FIGURES.resolve("figure6.xml"));
        JsonNode wrong = done(postForm(
                List.of("format=PSKC", "minimumSecretBits=80", "preview=true", "key=" + "0".repeat(32)), figure6));
        assertThat(wrong.at("/result/created").asInt()).isZero();
        assertThat(wrong.at("/result/errors/0/target").asText()).isEqualTo("secret");
        JsonNode right = done(postForm(
                List.of("format=PSKC", "minimumSecretBits=80", "preview=true", "key=12345678901234567890123456789012"),
                figure6));
        assertThat(right.at("/result/created").asInt()).isEqualTo(1);
    }

    @Test
    void aFileOfAnotherFormatIsRefusedWithItsFormat() {
        String tokens = "<Tokens><Token serial=\"S1\"/></Tokens>";
        assertThat(List.of(
                        post("text/csv", "?format=OATH_CSV", tokens),
                        post("text/plain", "", tokens),
                        postForm(List.of(), tokens),
                        postForm(List.of("format=PSKC"), tokens)))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                    assertThat(answer.body()).contains("say format=SAFENET_XML.");
                });
    }

    @Test
    void aFileThatCannotBeReadLeavesNoJob() {
        int before = jobs();
        String file = "S1," + Seeds.SECRET + ",hotp,6,0\n";
        String whole = form(List.of("format=OATH_CSV"), file);
        List<Answer> refused = List.of(
                post("multipart/form-data; boundary=xYz", "", whole.substring(0, whole.length() - 12)),
                post("multipart/form-data; boundary=other", "", whole),
                postForm(List.of("format=OATH_CSV", "timestep=60"), file),
                postForm(List.of(), file),
                postForm(
                        List.of("format=PSKC"),
                        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">"
                                + "]><KeyContainer Version=\"1.0\" xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\">&b;</KeyContainer>"),
                post("text/csv", "?format=OATH_CSV&password=x", file),
                post("text/csv", "", file),
                post("text/csv", "?format=OATH_CSV", "\n"),
                post("text/csv", "?format=OATH_CSV", "# Read me\n\nKeys, counters, and so on.\n"),
                postForm(List.of("format=OATH_CSV"), "%PDF-1.7"));
        assertThat(refused)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(400));
        assertThat(jobs()).isEqualTo(before);
    }

    @Test
    void aJobOfJsonHasAReportToo() {
        JsonNode job = oathbound.done(
                Oathbound.CREATE, Seeds.createJob(List.of(Seeds.hotp("@X1").put("otpLength", 7))));
        assertThat(report(job).lines()).hasSize(3).first().isEqualTo("\"serialNumber\",\"row\",\"outcome\",\"reason\"");
        assertThat(report(job)).contains("\"'@X1\",\"1\",\"FAULTY\"");
    }
}
