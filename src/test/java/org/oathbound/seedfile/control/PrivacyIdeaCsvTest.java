package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;

@DisplayName("privacyIDEA's export: login@realm, serial, key, type, length and the time step of TOTP")
class PrivacyIdeaCsvTest {

    private static final String KEY = "b6417aa5f66d8d3be6ba28132dbe3006a975ea24";

    private static Rows read(String text) {
        return Rows.of(new PrivacyIdeaCsv(Hints.NONE), text);
    }

    @Test
    void ofTotpTheTimeStepStandsBehind() {
        Rows rows = read("jane@corp, TOTP0001, " + KEY + ", totp, 6, 30");
        assertThat(rows.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(30);
        assertThat(rows.token().getString("secret")).isEqualToIgnoringCase(KEY);
        assertThat(rows.only().owner()).isEqualTo(new Owner("jane", Owner.Status.ACTIVE));
        assertThat(rows.only().cells()).containsExactly("jane@corp", "TOTP0001", "b6******", "totp", "6", "30");
    }

    @Test
    void aLoginMayHaveAnAtSign() {
        Rows rows = read("jane@example.com@corp, T1, " + KEY + ", totp, 6, 60");
        assertThat(rows.only().owner()).isEqualTo(new Owner("jane@example.com", Owner.Status.ACTIVE));
    }

    @Test
    void stockIsNobodys() {
        Rows rows = read("n/a, OATH0001, " + KEY + ", hotp, 8");
        assertThat(rows.only().owner()).isNull();
        assertThat(rows.token()).doesNotContainKey("hotp");
    }

    @Test
    void aTimeStepThatItDoesNotKnowIsAskedFor() {
        assertThat(read("n/a, T1, " + KEY + ", totp, 6, None").targets()).containsExactly("totp.timeStep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jane", "", "@corp", "jane@"})
    void whoseItIsMustBeSaid(String owner) {
        assertThat(read(owner + ", T1, " + KEY + ", totp, 6, 30").targets()).containsExactly("username");
    }

    @ParameterizedTest
    @CsvSource({
        "'jane@corp, T1, x, totp, 6, 30', true",
        "'n/a, T1, x, HOTP, 6', true",
        "'T1, x, totp, 6, 30', false",
        "'jane, corp, T1, x, totp, 6, 30', false"
    })
    void itIsToldByItsFirstRow(String row, boolean is) {
        assertThat(PrivacyIdeaCsv.isRow(java.util.List.of(row.split(", ")))).isEqualTo(is);
    }
}
