package org.oathbound.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.oathbound.environment.Fixture.faults;
import static org.oathbound.environment.Fixture.json;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.environment.OathSettings.Bind;
import org.oathbound.environment.OathSettings.EnrolByPassword;
import org.oathbound.environment.OathSettings.Hotp;
import org.oathbound.environment.OathSettings.Totp;

class OathSettingsDocumentTest {

    static OathSettings read(String text) {
        return OathSettingsDocument.read(json(text));
    }

    @Nested
    @DisplayName("PUT replaces the whole: a member that is absent has its default")
    class Whole {

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"hotp\": {}, \"totp\": {}}", "{\"hotp\": null, \"bind\": null, \"other\": 1}"})
        void nothingIsTheDefaults(String nothing) {
            assertThat(read(nothing)).isEqualTo(OathSettings.DEFAULT);
        }

        @Test
        void everyMemberIsRead() {
            OathSettings settings = read("""
                    {"hotp": {"lookAhead": 1, "resyncWindow": 2, "activationWindow": 3,
                              "hashAlgorithms": ["HmacSHA512", "HmacSHA1"]},
                     "totp": {"window": 4, "resyncWindow": 5}, "autoResync": false, "bypassMfa": true,
                     "enrolByPassword": "NEVER", "serialNumberPunctuation": true, "bind": "PASSWORD", "codeAlone": true}""");
            assertThat(settings)
                    .isEqualTo(new OathSettings(
                            new Hotp(1, 2, 3, List.of("HmacSHA512", "HmacSHA1")),
                            new Totp(4, 5),
                            false,
                            true,
                            EnrolByPassword.NEVER,
                            true,
                            Bind.PASSWORD,
                            true,
                            false));
            assertThat(OathSettingsDocument.read(OathSettingsDocument.write(settings)))
                    .isEqualTo(settings);
        }
    }

    @Nested
    @DisplayName("Every window has bounds, and holds the one before it")
    class Bounds {

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                {"hotp": {"lookAhead": 0}}
                {"hotp": {"lookAhead": 50}}
                {"hotp": {"resyncWindow": 10}}
                {"hotp": {"resyncWindow": 1000}}
                {"hotp": {"activationWindow": 100}}
                {"hotp": {"activationWindow": 5000}}
                {"hotp": {"lookAhead": 7, "resyncWindow": 7, "activationWindow": 7}}
                {"totp": {"window": 0}}
                {"totp": {"window": 10}}
                {"totp": {"resyncWindow": 2}}
                {"totp": {"resyncWindow": 60}}
                """)
        void theyAreReached(String document) {
            JsonObject wanted = json(document);
            JsonObject written = OathSettingsDocument.write(read(document));
            wanted.keySet().forEach(part -> assertThat(written.getJsonObject(part))
                    .containsAllEntriesOf(wanted.getJsonObject(part)));
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                {"hotp": {"lookAhead": -1}};                          hotp.lookAhead
                {"hotp": {"lookAhead": 51}};                          hotp.lookAhead
                {"hotp": {"resyncWindow": 9}};                        hotp.resyncWindow
                {"hotp": {"resyncWindow": 1001}};                     hotp.resyncWindow
                {"hotp": {"lookAhead": 50, "resyncWindow": 49}};      hotp.resyncWindow
                {"hotp": {"activationWindow": 99}};                   hotp.activationWindow
                {"hotp": {"activationWindow": 5001}};                 hotp.activationWindow
                {"totp": {"window": -1}};                             totp.window
                {"totp": {"window": 11}};                             totp.window
                {"totp": {"resyncWindow": 1}};                        totp.resyncWindow
                {"totp": {"resyncWindow": 61}};                       totp.resyncWindow
                """)
        void theyAreNotPassed(String document, String target) {
            assertThat(faults(() -> read(document))).containsExactly("OUT_OF_RANGE " + target);
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                {"hotp": {"lookAhead": "10"}};                        INVALID_VALUE hotp.lookAhead
                {"hotp": {"lookAhead": 1.5}};                         INVALID_VALUE hotp.lookAhead
                {"hotp": {"hashAlgorithms": []}};                     EMPTY_VALUE hotp.hashAlgorithms
                {"hotp": {"hashAlgorithms": ["HmacMD5"]}};            INVALID_VALUE hotp.hashAlgorithms
                {"hotp": {"hashAlgorithms": [1]}};                    INVALID_VALUE hotp.hashAlgorithms
                {"hotp": {"hashAlgorithms": "HmacSHA1"}};             INVALID_VALUE hotp.hashAlgorithms
                {"hotp": {"hashAlgorithms": ["HmacSHA1","HmacSHA1"]}}; INVALID_VALUE hotp.hashAlgorithms
                {"hotp": 1};                                          INVALID_VALUE hotp
                {"totp": []};                                         INVALID_VALUE totp
                {"autoResync": "true"};                               INVALID_VALUE autoResync
                {"bypassMfa": 1};                                     INVALID_VALUE bypassMfa
                {"enrolByPassword": "SOMETIMES"};                     INVALID_VALUE enrolByPassword
                {"serialNumberPunctuation": {}};                      INVALID_VALUE serialNumberPunctuation
                {"bind": "code_once_enrolled"};                       INVALID_VALUE bind
                {"codeAlone": []};                                    INVALID_VALUE codeAlone
                """)
        void whatIsNoSettingIsNamed(String document, String fault) {
            assertThat(faults(() -> read(document))).containsExactly(fault);
        }

        @Test
        void everyFaultIsNamedAtOnce() {
            assertThat(faults(() -> read("{\"hotp\": {\"lookAhead\": 51}, \"totp\": {\"window\": 11}, \"bind\": 1}")))
                    .containsExactly("OUT_OF_RANGE hotp.lookAhead", "OUT_OF_RANGE totp.window", "INVALID_VALUE bind");
        }
    }

    @Nested
    @DisplayName("The chance to guess is accepted codes x attempts / 10^digits: docs/configuration.md")
    class Chance {

        /** Wrong codes in a row, after which a token is locked until it is unlocked. */
        static final int ATTEMPTS = 20;

        static double chance(int accepted, int digits) {
            return accepted * ATTEMPTS / Math.pow(10, digits);
        }

        @Test
        void withTheDefaults() {
            int hotp = 1 + OathSettings.DEFAULT.hotp().lookAhead();
            int totp = 1 + 2 * OathSettings.DEFAULT.totp().window();
            assertThat(chance(hotp, 6)).isCloseTo(1 / 4545.0, within(1e-7));
            assertThat(chance(totp, 6)).isEqualTo(1 / 10_000.0);
            assertThat(chance(hotp, 8)).isCloseTo(1 / 454_545.0, within(1e-9));
            assertThat(chance(totp, 8)).isEqualTo(1 / 1_000_000.0);
        }

        @Test
        void withTheWidestWindowsThatCanBeSet() {
            int hotp = 1 + OathSettingsDocument.MAX_LOOK_AHEAD;
            int totp = 1 + 2 * OathSettingsDocument.MAX_TOTP_WINDOW;
            assertThat(chance(hotp, 6)).isCloseTo(1 / 980.0, within(1e-6));
            assertThat(chance(totp, 6)).isCloseTo(1 / 2381.0, within(1e-6));
            assertThat(chance(hotp, 8)).isCloseTo(1 / 98_039.0, within(1e-8));
            assertThat(chance(totp, 8)).isCloseTo(1 / 238_095.0, within(1e-8));
        }

        @Test
        void twoCodesInARowAreHarderToGuessThanOne() {
            double activation = chance(1 + OathSettingsDocument.MAX_ACTIVATION, 6) / 1e6;
            assertThat(activation).isCloseTo(1 / 9_998_000.0, within(1e-11)).isLessThan(chance(1, 6));
            assertThat(chance(1 + OathSettings.DEFAULT.hotp().activationWindow(), 6) / 1e6)
                    .isCloseTo(1 / 49_950_000.0, within(1e-12));
        }

        @Test
        void theLastAttemptsTakeLong() {
            assertThat(minutes(3, 2)).isEqualTo(12_126); // 8.4 days
            assertThat(minutes(10, 0.5)).isEqualTo(511); // 8.5 hours
        }

        /** How long all attempts take when the first cool-down comes at the limit and each is twice the one before. */
        private static long minutes(int limit, double coolDown) {
            return LongStream.range(0, ATTEMPTS - limit)
                            .map(n -> (long) Math.min(coolDown * 60 * (1L << n), 24 * 60 * 60))
                            .sum()
                    / 60;
        }
    }
}
