package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.seedfile.SeedTokens;
import org.oathbound.seedfile.entity.Hints;

class PrivacyIdeaPskcTest {

    private static final Pattern TAG = Pattern.compile("</?[A-Za-z:]+");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s[A-Z][A-Za-z]*=");

    /** Figure 6 in privacyIDEA's spelling, with what it adds. */
    private static String exported(String type, String suite, String data) {
        String figure = PskcSample.figure(6).replaceAll("(?s)<CryptoModuleInfo>.*</CryptoModuleInfo>", "");
        String lower = ATTRIBUTE
                .matcher(TAG.matcher(figure).replaceAll(tag -> tag.group().toLowerCase(Locale.ROOT)))
                .replaceAll(attribute -> attribute.group().toLowerCase(Locale.ROOT));
        String typed = PskcSample.with(lower, "keyprov:pskc:hotp", "keyprov:pskc:" + type);
        String suited = PskcSample.with(
                typed, "</algorithmparameters>", "<suite hashalgo=\"" + suite + "\"></suite></algorithmparameters>");
        return PskcSample.with(suited, "</secret>", "</secret>" + data);
    }

    private static String value(String name, String value) {
        return "<" + name + "><plainvalue>" + value + "</plainvalue></" + name + ">";
    }

    private static SeedRow row(String file) {
        List<SeedRow> rows = PskcSample.rows(file, Hints.NONE, PskcSample.key());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static JsonObject token(String file) {
        SeedRow row = row(file);
        assertThat(row.faults()).isEmpty();
        return SeedTokens.json(Objects.requireNonNull(row.token()));
    }

    @Test
    void aTokenThatCountsIsReadWithItsHash() {
        JsonObject token = token(exported("hotp", "sha256", value("timeinterval", "0") + value("timedrift", "0")));
        assertThat(token.getString("secret")).isEqualToIgnoringCase(PskcSample.SECRET);
        assertThat(token.getString("serialNumber")).isEqualTo("987654321");
        assertThat(token.getString("hashAlgorithm")).isEqualTo("HmacSHA256");
    }

    @ParameterizedTest
    @CsvSource({"30, -61.0, -2", "30, 44.9, 1", "60, 59, 1", "60, -29, 0", "30, 0, 0"})
    void aDriftIsOfSecondsThere(int timeStep, String seconds, int steps) {
        JsonObject token = token(exported(
                "totp", "sha1", value("timeinterval", Integer.toString(timeStep)) + value("timedrift", seconds)));
        assertThat(token.getJsonObject("totp").getInt("timeStep")).isEqualTo(timeStep);
        assertThat(token.getJsonObject("totp").getInt("drift", 0)).isEqualTo(steps);
    }

    @Test
    void noneIsNoValueAndATimeStepIsAskedFor() {
        String none = exported("totp", "sha1", value("timeinterval", "None") + value("timedrift", "None"));
        assertThat(row(none).faults()).extracting(fault -> fault.target()).containsExactly("totp.timeStep");
    }

    @Test
    void itsMacIsCheckedToo() {
        String changed = PskcSample.with(exported("hotp", "sha1", ""), "Su+NvtQf", "Su+NvtQg");
        assertThat(row(changed).faults()).isNotEmpty();
    }
}
