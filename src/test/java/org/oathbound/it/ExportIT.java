package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oathbound.PskcTools;
import org.oathbound.seedfile.control.Pskc;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.control.SeedRows;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

/** Tokens that came over HTTP leave over HTTP, and others can read them. */
class ExportIT extends Deployed {

    private static final String PASSWORD = "correct horse battery staple";

    private Answer export(String name, String value) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put(name, value);
        return oathbound.post("/export", Oathbound.JSON, body);
    }

    private static List<SeedRow> rows(String file) {
        List<SeedRow> rows = new ArrayList<>();
        new Pskc(Hints.NONE, new FileKey.Password(PASSWORD))
                .read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), new SeedRows() {
                    @Override
                    public void columns(List<String> names) {}

                    @Override
                    public void row(SeedRow row) {
                        rows.add(row);
                    }
                });
        return rows;
    }

    @Test
    void whatWasImportedIsExportedAndReadByOthers() {
        PskcTools.mustBeThere();
        String hotp = Seeds.serialNumber("EXP");
        String totp = Seeds.serialNumber("EXP");
        oathbound.done(
                Oathbound.CREATE,
                Seeds.createJob(List.of(Seeds.hotp(hotp, Seeds.OTHER_SECRET, 456_789), Seeds.totp(totp))));
        String jane = Seeds.serialNumber("jane");
        OwnDevices janes = OwnDevices.ofNewUser(oathbound, jane);
        janes.paired(hotp, "ACTIVE");

        Answer answer = export("password", PASSWORD);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/pskc+xml");
        assertThat(answer.header("Content-Disposition"))
                .matches("attachment; filename=\"tokens-[0-9]{8}T[0-9]{6}Z\\.pskc\\.xml\"");
        assertThat(rows(answer.body()))
                .allSatisfy(row -> assertThat(row.faults()).isEmpty())
                .extracting(row -> row.token() == null ? "" : row.token().serialNumber())
                .contains(hotp, totp);
        byte[] file = answer.body().getBytes(StandardCharsets.UTF_8);
        assertThat(PskcTools.read(file, "password", PASSWORD))
                .contains(
                        hotp + "|" + Seeds.OTHER_SECRET + "|hotp|HMAC-SHA1|6|456789||||||UID=" + jane,
                        totp + "|" + Seeds.secret(totp) + "|totp|HMAC-SHA1|6||30|0||||");
        PskcTools.validate(file);
        assertThat(log())
                .containsPattern("The application " + oathbound.clientId() + " exported the tokens of the environment "
                        + oathbound.environment() + ": [0-9]+ of them, 0 can't be read\\.")
                .doesNotContain(PASSWORD);
        assertNothingSecretWasLogged();
    }

    @Test
    void whatWasExportedIsImportedAgain() {
        String serialNumber = Seeds.serialNumber("AGAIN");
        assertThat(oathbound
                        .create(Seeds.hotp(serialNumber, Seeds.secret(serialNumber), 7))
                        .status())
                .isEqualTo(201);
        String key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        String file = export("key", key).body();
        String id = oathbound
                .tokens("serialNumber eq \"" + serialNumber + "\"")
                .json()
                .at("/_embedded/oathTokens/0/id")
                .asText();
        assertThat(oathbound.delete("/oathTokens/" + id).status()).isEqualTo(204);

        Answer accepted = oathbound.post(
                "/oathJobs",
                "multipart/form-data; boundary=xYz",
                BodyPublishers.ofString("--xYz\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nPSKC\r\n"
                        + "--xYz\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n" + key + "\r\n"
                        + "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t\"\r\n\r\n" + file
                        + "\r\n--xYz--\r\n"));

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        assertThat(oathbound.done(accepted.text("/id")).at("/result/created").asInt())
                .isEqualTo(1);
        assertThat(oathbound
                        .tokens("serialNumber eq \"" + serialNumber + "\"")
                        .json()
                        .at("/_embedded/oathTokens/0/hotp/counter")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void notWithoutAccessOrAGoodPassword() {
        Answer stranger = oathbound.send(oathbound
                .request(oathbound.path("/export"))
                .header("Content-Type", Oathbound.JSON)
                .POST(BodyPublishers.ofString("{\"password\":\"" + PASSWORD + "\"}")));
        assertThat(stranger.status()).isEqualTo(401);
        Answer weak = export("password", "thirteenchars");
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.text("/details/0/target")).isEqualTo("password");
        assertThat(oathbound.get("/export").status()).isEqualTo(405);
    }
}
