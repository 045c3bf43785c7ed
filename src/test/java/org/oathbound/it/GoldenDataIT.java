package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.GoldenData;

/** Going to this version from an earlier one, and back. */
class GoldenDataIT {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @MethodSource("org.oathbound.GoldenData#all")
    void whatAnEarlierVersionLeftGoesOn(GoldenData golden) {
        Path data = golden.copyTo(temporary.resolve("data"));
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            Oathbound oathbound = server.oathbound();
            assertCodes(oathbound, golden);
            JsonNode job = oathbound.done(golden.expected("job")).at("/result");
            assertThat(job.at("/created").asInt() + secretsTaken(job))
                    .as("the rows of the job that was cut off: %s", job)
                    .isEqualTo(Integer.parseInt(golden.expected("job.created")));
            if (golden.format() > 2) {
                assertThat(secretsTaken(job)).isZero();
                assertStates(oathbound, golden);
            }
            assertThat(oathbound.get("/oathSettings").text("/hotp/lookAhead")).isEqualTo("20");
            assertThat(oathbound.get("/mfaSettings").text("/pairing/maxAllowedDevices"))
                    .isEqualTo("7");
            assertThat(oathbound
                            .send(oathbound.authorized("/v1/environments/" + golden.expected("otherEnvironment")))
                            .text("/name"))
                    .isEqualTo("Branch");
            server.stop();
        }
        CommandProcess.run(Map.of(), "", "audit", "verify", "--data-dir", data.toString())
                .endsWith(0);
    }

    /** Up to format 2 several tokens could have one secret; what of the job had not begun before is refused since. */
    private static long secretsTaken(JsonNode job) {
        return StreamSupport.stream(job.at("/errors").spliterator(), false)
                .filter(error -> error.at("/target").asText().equals("secret")
                        && error.at("/code").asText().equals("UNIQUENESS_VIOLATION"))
                .count();
    }

    private static void assertStates(Oathbound oathbound, GoldenData golden) {
        assertThat(oathbound
                        .get("/oathTokens/" + golden.expected("drift.token"))
                        .json()
                        .at("/totp/drift")
                        .asInt())
                .isGreaterThanOrEqualTo(Integer.parseInt(golden.expected("drift.base")));
        assertThat(oathbound
                        .get("/users/" + golden.expected("disabled.person") + "/enabled")
                        .text("/enabled"))
                .isEqualTo("false");
        assertThat(oathbound.tokens("serialNumber eq \"GOLDENENDED\"").text("/_embedded/oathTokens/0/validUntil"))
                .startsWith("2026-01-01T00:00:00");
    }

    private static void assertCodes(Oathbound oathbound, GoldenData golden) {
        OwnDevices jane = OwnDevices.of(oathbound, golden.expected("hotp.person"));
        String device = golden.expected("hotp.device");
        int next = Integer.parseInt(golden.expected("hotp.nextCounter"));
        String code = OwnDevices.code(golden.expected("hotp.secret"), 6, next);
        String used = OwnDevices.code(golden.expected("hotp.secret"), 6, next - 1);

        assertThat(jane.signOn(device, used).text("/details/0/code")).isEqualTo("INVALID_OTP");
        assertThat(jane.signOn(device, code).text("/status")).isEqualTo("COMPLETED");
        assertThat(jane.signOn(device, code).text("/details/0/code")).isEqualTo("INVALID_OTP");
        assertThat(OwnDevices.of(oathbound, golden.expected("totp.person"))
                        .signOn(golden.expected("totp.device"), GoldenDataWriter.totp(golden.expected("totp.secret")))
                        .text("/status"))
                .isEqualTo("COMPLETED");
        assertThat(OwnDevices.of(oathbound, golden.expected("locked.person"))
                        .read(golden.expected("locked.device"))
                        .status())
                .isEqualTo(200);
    }
}
