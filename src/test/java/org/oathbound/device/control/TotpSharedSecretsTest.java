package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.unboundidds.OneTimePassword;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.device.entity.Credential.Joined;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.App;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.OathSettings.EnrolByPassword;
import org.oathbound.environment.StoredSettings;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.SerialNumber;

@DisplayName("A TOTP shared secret is a device, and the password alone makes one only until a code was accepted")
@Tag("slow")
class TotpSharedSecretsTest {

    private static final String PASSWORD = "correct horse";

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final WholeDirectory directory = Directories.fresh();
    private final Environment environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
    private DevicesFixture all;
    private TotpSharedSecrets secrets;
    private SignIn signIn;
    private UUID jane;

    @BeforeEach
    void start(@TempDir Path data) {
        all = new DevicesFixture(directory, new Seals(KeySets.in(data)), clock);
        secrets = all.secrets;
        signIn = all.signIn;
        jane = all.person(environment, "jane").id();
        all.persons.setPassword(environment, jane, PASSWORD);
    }

    private Optional<FoundPerson> person() {
        return all.persons.read(environment, "jane");
    }

    private boolean letsIn(String line) {
        return signIn.signIn(environment, person(), new Joined(line)).isPresent();
    }

    /** By the SDK, which is not ours. */
    private String code(SharedSecret secret) {
        try {
            return OneTimePassword.totp(secret.bytes(), clock.instant().toEpochMilli(), 30, 6);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private void set(EnrolByPassword enrol) {
        OathSettings usual = OathSettings.DEFAULT;
        new StoredSettings(directory, all.settings, clock)
                .replace(
                        environment,
                        new OathSettings(
                                usual.hotp(),
                                usual.totp(),
                                usual.autoResync(),
                                usual.bypassMfa(),
                                enrol,
                                usual.serialNumberPunctuation(),
                                usual.bind(),
                                usual.codeAlone(),
                                false));
    }

    private void stopBetweenTheCodeAndTheList() {
        SharedSecret secret = secrets.generate(environment, jane, true);
        Device device = all.devices.list(environment, jane).get(0).device();
        all.verifier.verify(
                environment,
                device.token(),
                device.id(),
                Passcode.parse(code(secret)).orElseThrow(),
                Purpose.SIGN_ON);
        assertThat(person().orElseThrow().enrolment().codeRequired()).isFalse();
    }

    private void assertPasswordIsNotEnough() {
        assertThatExceptionOfType(Problem.Forbidden.class).isThrownBy(() -> secrets.generate(environment, jane, true));
    }

    @Test
    void itIsADeviceThatIsActive() {
        SharedSecret secret = secrets.generate(environment, jane, true);
        assertThat(TotpSharedSecrets.text(secret)).matches("[A-Z2-7]{32}");
        assertThat(all.devices.list(environment, jane))
                .extracting(PairedDevice::device)
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.type()).isEqualTo(Device.Type.TOTP);
                    assertThat(device.status()).isEqualTo(Device.Status.ACTIVE);
                });
        assertThat(signIn.validate(environment, person(), code(secret))).isTrue();
        assertThat(signIn.validate(environment, person(), code(secret))).isFalse();
    }

    @Test
    void eachIsOneMore() {
        SharedSecret first = secrets.generate(environment, jane, true);
        SharedSecret second = secrets.generate(environment, jane, true);
        assertThat(first).isNotEqualTo(second);
        assertThat(letsIn(PASSWORD + code(second))).isTrue();
        assertThat(letsIn(PASSWORD + code(first))).isTrue();
    }

    @Test
    void theFirstCodeMakesCodesRequired() {
        SharedSecret secret = secrets.generate(environment, jane, true);
        assertThat(letsIn(PASSWORD)).isTrue();
        assertThat(letsIn(PASSWORD + code(secret))).isTrue();
        assertThat(letsIn(PASSWORD)).isFalse();
        assertThat(person().orElseThrow().enrolment().codeRequired()).isTrue();
    }

    @Test
    void fromThenOnThePasswordMakesNoneAndOthersDo() {
        SharedSecret secret = secrets.generate(environment, jane, true);
        assertThat(letsIn(PASSWORD + code(secret))).isTrue();
        assertPasswordIsNotEnough();
        secrets.generate(environment, jane, false);
        assertThat(all.devices.list(environment, jane)).hasSize(2);
    }

    @Test
    void alsoWhereAStopCameBetweenTheCodeAndTheList() {
        stopBetweenTheCodeAndTheList();
        assertPasswordIsNotEnough();
        assertThat(letsIn(PASSWORD)).isFalse();
    }

    @Test
    void norAtASignInFirst() {
        stopBetweenTheCodeAndTheList();
        assertThat(letsIn(PASSWORD)).isFalse();
    }

    @Test
    void alsoWhenTheyAreAllRevokedAgain() {
        SharedSecret secret = secrets.generate(environment, jane, true);
        assertThat(letsIn(PASSWORD + code(secret))).isTrue();
        secrets.revokeAll(environment, jane);
        assertPasswordIsNotEnough();
        assertThat(letsIn(PASSWORD)).isFalse();
    }

    @Test
    void whatNobodyUsedCanBeRevokedAndMadeAgain() {
        secrets.generate(environment, jane, true);
        secrets.revokeAll(environment, jane);
        secrets.generate(environment, jane, true);
    }

    @Test
    void notBesideADeviceThatWasMadeAnotherWay() {
        all.pairing.pair(environment, jane, new NewDevice(new App(), Device.Status.ACTIVATION_REQUIRED, null, null));
        assertPasswordIsNotEnough();
    }

    @Test
    void alwaysOrNeverWhereSettingsSaySo() {
        set(EnrolByPassword.NEVER);
        assertPasswordIsNotEnough();
        set(EnrolByPassword.ALWAYS);
        SharedSecret secret = secrets.generate(environment, jane, true);
        assertThat(letsIn(PASSWORD + code(secret))).isTrue();
        secrets.generate(environment, jane, true);
    }

    @Test
    void oneIsRevokedByItself() {
        SharedSecret first = secrets.generate(environment, jane, true);
        SharedSecret second = secrets.generate(environment, jane, true);
        assertThat(secrets.revoke(environment, jane, first)).isTrue();
        assertThat(secrets.revoke(environment, jane, first)).isFalse();
        assertThat(signIn.validate(environment, person(), code(first))).isFalse();
        assertThat(signIn.validate(environment, person(), code(second))).isTrue();
    }

    @Test
    void noOtherIs() {
        secrets.generate(environment, jane, true);
        UUID joe = all.person(environment, "joe").id();
        SharedSecret his = secrets.generate(environment, joe, true);
        assertThat(secrets.revoke(environment, jane, his)).isFalse();
        assertThat(all.devices.list(environment, joe)).hasSize(1);
    }

    @Test
    void fobsStay() {
        all.fob(environment, "AB1");
        all.pairing.pair(
                environment, jane, new NewDevice(new Fob(new SerialNumber("AB1")), Device.Status.ACTIVE, null, null));
        secrets.generate(environment, jane, false);
        secrets.revokeAll(environment, jane);
        assertThat(all.devices.list(environment, jane))
                .extracting(device -> device.device().type())
                .containsExactly(Device.Type.OATH_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GEZDGNBVGY3TQOJQ", "gezdgnbvgy3tqojq"})
    void itIsReadInEitherCase(String text) {
        assertThat(TotpSharedSecrets.parse(text)).contains(SharedSecret.ofHex("31323334353637383930"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "1", "GEZDGNBVGY3TQOJ!", "GEZ DGN", "A", "GEZDGNBVGY3TQOJQ========"})
    void whatIsNoneIsNone(String text) {
        assertThat(TotpSharedSecrets.parse(text)).isEmpty();
    }

    @Test
    void withPaddingAndWithout() {
        SharedSecret secret = SharedSecret.ofHex("3132333435363738");
        assertThat(TotpSharedSecrets.text(secret)).isEqualTo("GEZDGNBVGY3TQ");
        assertThat(TotpSharedSecrets.parse("GEZDGNBVGY3TQ===")).contains(secret);
        assertThat(TotpSharedSecrets.parse("gezdgnbvgy3tq")).contains(secret);
    }
}
