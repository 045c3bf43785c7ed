package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.token.entity.TokenSamples.hotp;
import static org.oathbound.token.entity.TokenSamples.totp;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.Settings;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.Windows.Codes;

@DisplayName("Where codes are looked for follows from the token, its environment and what the code is for")
class WindowsTest {

    private static Settings settings(boolean autoResync, OathSettings.Totp totp, int appWindow) {
        OathSettings oath = OathSettings.DEFAULT;
        Settings old = Settings.DEFAULT;
        return new Settings(
                new OathSettings(
                        new OathSettings.Hotp(11, 101, 1_001, List.of("HmacSHA1")),
                        totp,
                        autoResync,
                        oath.bypassMfa(),
                        oath.enrolByPassword(),
                        oath.serialNumberPunctuation(),
                        oath.bind(),
                        oath.codeAlone(),
                        false),
                old.fobs(),
                old.apps(),
                appWindow,
                old.maxDevices(),
                old.mfaEnabled(),
                old.oathToken(),
                old.totp(),
                old.issuer());
    }

    private static Settings settings(boolean autoResync) {
        return settings(autoResync, new OathSettings.Totp(3, 50), 4);
    }

    @ParameterizedTest
    @CsvSource({
        "SIGN_ON, true, 101, ONE_OR_TWO",
        "SIGN_ON, false, 101, ONE",
        "SIGN_ON_AT_ONCE, true, 101, ONE",
        "ACTIVATION, true, 1001, ONE",
        "ACTIVATION_WITH_RESYNC, false, 1001, ONE_OR_TWO",
        "RESYNCHRONISATION, false, 101, TWO"
    })
    void ofHotp(Purpose purpose, boolean autoResync, int far, Codes codes) {
        assertThat(Windows.of(hotp(0), settings(autoResync), purpose)).isEqualTo(new Windows(11, far, codes));
    }

    @ParameterizedTest
    @CsvSource({
        "SIGN_ON, true, ONE_OR_TWO",
        "SIGN_ON, false, ONE",
        "SIGN_ON_AT_ONCE, true, ONE",
        "ACTIVATION, true, ONE",
        "ACTIVATION_WITH_RESYNC, false, ONE_OR_TWO",
        "RESYNCHRONISATION, false, TWO"
    })
    void ofTotp(Purpose purpose, boolean autoResync, Codes codes) {
        assertThat(Windows.of(totp(0, 0), settings(autoResync), purpose)).isEqualTo(new Windows(3, 50, codes));
    }

    @Test
    void ofAnAppTheyAreThePolicys() {
        TotpToken app = TokenSamples.app();

        assertThat(Windows.of(app, settings(false), Purpose.SIGN_ON)).isEqualTo(new Windows(4, 50, Codes.ONE));
        assertThat(Windows.of(app, settings(false, new OathSettings.Totp(1, 2), 4), Purpose.SIGN_ON))
                .isEqualTo(new Windows(4, 4, Codes.ONE));
        assertThat(app.metadata().use()).isEqualTo(Use.APP);
    }

    @Test
    void areThoseOfThePlanWhereNothingIsSet() {
        assertThat(Windows.of(hotp(0), Settings.DEFAULT, Purpose.SIGN_ON))
                .isEqualTo(new Windows(10, 100, Codes.ONE_OR_TWO));
        assertThat(Windows.of(hotp(0), Settings.DEFAULT, Purpose.ACTIVATION_WITH_RESYNC))
                .isEqualTo(new Windows(10, 1_000, Codes.ONE_OR_TWO));
        assertThat(Windows.of(totp(0, 0), Settings.DEFAULT, Purpose.SIGN_ON))
                .isEqualTo(new Windows(2, 60, Codes.ONE_OR_TWO));
        assertThat(Windows.of(TokenSamples.app(), Settings.DEFAULT, Purpose.SIGN_ON))
                .isEqualTo(new Windows(2, 60, Codes.ONE_OR_TWO));
    }

    @Test
    void theFarOneHoldsTheNearOne() {
        assertThatThrownBy(() -> new Windows(3, 2, Codes.ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Windows(3, 3, Codes.ONE).far()).isEqualTo(3);
    }
}
