package org.oathbound.device.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.oathbound.TestClock;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device.Status;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.Links;
import org.oathbound.http.LinksFixture;
import org.oathbound.oauth.control.SignedIn;
import org.oathbound.otp.Secrets;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.TokenId;

/** A fob that an administrator has as well as somebody ordinary, in the hands of those who help the latter. */
@Tag("slow")
class SharedFobTest {

    private static final String DEVICE = "application/vnd.pingidentity.device.";
    private static final String TEST = "application/vnd.oathbound.device.test+json";
    private static final String SERIAL_NUMBER = "AB1";

    @TempDir
    static Path keys;

    private static Seals seals;

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:10Z"));
    private final Heard heard = new Heard();
    private final RoleHolders roles = new RoleHolders(directory);
    private Environment environment;
    private DevicesFixture parts;
    private UUID jane;
    private UUID admin;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(keys));
    }

    @BeforeEach
    void start() {
        environment = environments.createDefault(UUID.randomUUID(), "check");
        parts = new DevicesFixture(directory, seals, heard, clock);
        jane = parts.person(environment, "jane").id();
        admin = parts.person(environment, "admin").id();
        roles.set(environment, admin, Set.of(Role.IDENTITY_DATA_ADMIN));
        parts.fob(environment, SERIAL_NUMBER);
    }

    private InMemoryApi api(Role role) {
        Links links = LinksFixture.links();
        TokenRights rights = new TokenRights(roles, parts.holders);
        return new InMemoryApi(
                new SignedIn(environment, role),
                new DevicesResource(
                        environments,
                        parts.persons,
                        parts.devices,
                        parts.pairing,
                        parts.changes,
                        rights,
                        parts.settings,
                        links,
                        clock),
                new DeviceResource(
                        environments, parts.devices, parts.verification, parts.changes, rights, links, clock));
    }

    private UUID paired(UUID person, String serialNumber, Status status) {
        NewDevice fob = new NewDevice(new NewDevice.Fob(new SerialNumber(serialNumber)), status, null, null);
        return parts.pairing.pair(environment, person, fob).device().device().id();
    }

    private String devices(UUID person) {
        return "v1/environments/" + environment.id() + "/users/" + person + "/devices";
    }

    private Answer act(Role role, UUID device, String mediaType, String body) {
        return api(role).post(devices(jane) + "/" + device, mediaType).send(body);
    }

    private Answer pair(Role role, String serialNumber, @Nullable UUID replaces) {
        String others = replaces == null ? "" : ",\"replaces\":{\"id\":\"" + replaces + "\"}";
        return api(role)
                .post(devices(jane), "application/json")
                .send("{\"type\":\"OATH_TOKEN\",\"serialNumber\":\"" + serialNumber + "\"" + others + "}");
    }

    private Token token() {
        return parts.tokens
                .find(environment, TokenId.of(environment.id(), new SerialNumber(SERIAL_NUMBER)))
                .orElseThrow();
    }

    private static String otp(long counter) {
        String code = Secrets.code(SERIAL_NUMBER, counter).text();
        return "{\"otp\":\"" + code + "\"}";
    }

    private static void isForbidden(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.json().getString("code")).isEqualTo("ACCESS_FAILED");
    }

    @Nested
    @DisplayName("What is done to a token needs the right over everybody who has it")
    class EverybodyWhoHasIt {

        @ParameterizedTest
        @ValueSource(strings = {"block", "unblock", "unlock"})
        void whenItsDeviceIsChanged(String what) {
            UUID device = paired(jane, SERIAL_NUMBER, Status.ACTIVE);
            assertThat(act(Role.HELP_DESK, device, DEVICE + what + "+json", "{}")
                            .status())
                    .isEqualTo(200);
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);
            Token before = token();

            isForbidden(act(Role.HELP_DESK, device, DEVICE + what + "+json", "{}"));
            isForbidden(act(Role.TOKEN_MANAGER, device, DEVICE + what + "+json", "{}"));

            assertThat(token()).isEqualTo(before);
            assertThat(act(Role.IDENTITY_DATA_ADMIN, device, DEVICE + what + "+json", "{}")
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"POST, 123456", "POST, 755224", "PUT, 755224"})
        void whenItsDeviceIsActivated(String method, String code) {
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);
            UUID device = paired(jane, SERIAL_NUMBER, Status.ACTIVATION_REQUIRED);
            Token before = token();

            isForbidden(api(Role.HELP_DESK)
                    .call(method, devices(jane) + "/" + device)
                    .header("Content-Type", DEVICE + "activate+json")
                    .send("{\"otp\":\"" + code + "\"}"));

            assertThat(token()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 5, 500})
        void whenACodeIsTested(long counter) {
            UUID device = paired(jane, SERIAL_NUMBER, Status.ACTIVE);
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);
            Token before = token();

            isForbidden(act(Role.HELP_DESK, device, TEST, otp(counter)));

            assertThat(token()).isEqualTo(before);
        }

        @Test
        void whenItIsPairedWithOnePersonMore() {
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);

            isForbidden(pair(Role.HELP_DESK, SERIAL_NUMBER, null));
            isForbidden(pair(Role.TOKEN_MANAGER, SERIAL_NUMBER.toLowerCase(Locale.ROOT), null));

            assertThat(token().metadata().holders()).containsExactly(admin);
            assertThat(pair(Role.IDENTITY_DATA_ADMIN, SERIAL_NUMBER, null).status())
                    .isEqualTo(201);
        }

        @Test
        void whenItsPairingIsUnderWay() {
            parts.pairings.begin(
                    environment,
                    TokenId.of(environment.id(), new SerialNumber(SERIAL_NUMBER)),
                    new Pairing(admin, UUID.randomUUID(), clock.instant()));

            isForbidden(pair(Role.HELP_DESK, SERIAL_NUMBER, null));
        }

        @Test
        void whenItsDeviceIsReplaced() {
            UUID device = paired(jane, SERIAL_NUMBER, Status.ACTIVE);
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);
            parts.fob(environment, "AB2");

            isForbidden(pair(Role.HELP_DESK, "AB2", device));

            assertThat(parts.devices.list(environment, jane)).hasSize(1);
        }

        @Test
        void butItCanBeTakenFromOnePersonAndTheOthersKeepIt() {
            UUID device = paired(jane, SERIAL_NUMBER, Status.ACTIVE);
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);
            Token before = token();

            assertThat(api(Role.HELP_DESK)
                            .call("DELETE", devices(jane) + "/" + device)
                            .send()
                            .status())
                    .isEqualTo(204);

            assertThat(token().failureState()).isEqualTo(before.failureState());
            assertThat(token().metadata().holders()).containsExactly(admin);
        }

        @Test
        void thoseOfTheSameRankAreNotAbove() {
            roles.set(environment, admin, Set.of(Role.HELP_DESK, Role.AUTHENTICATOR));
            paired(admin, SERIAL_NUMBER, Status.ACTIVE);

            assertThat(pair(Role.HELP_DESK, SERIAL_NUMBER, null).status()).isEqualTo(201);
        }
    }

    @Nested
    @DisplayName("A code of a device is tested as one that signs on")
    class Tested {

        private UUID device;

        @BeforeEach
        void pair() {
            device = paired(jane, SERIAL_NUMBER, Status.ACTIVE);
        }

        private JsonObject detail(Answer answer) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            return answer.json().getJsonArray("details").getJsonObject(0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"HELP_DESK", "TOKEN_MANAGER", "IDENTITY_DATA_ADMIN"})
        void onceAndAnsweredByTheDevice(Role role) {
            Answer answer = act(role, device, TEST, otp(0));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().getString("id")).isEqualTo(device.toString());
            assertThat(((HotpToken) token()).nextCounter()).isEqualTo(1);
            assertThat(detail(act(role, device, TEST, otp(0))).getString("code"))
                    .isEqualTo("INVALID_OTP");
        }

        @Test
        void countedWhenItIsWrongAndLockedAtTheLimit() {
            assertThat(detail(act(Role.HELP_DESK, device, TEST, otp(500)))
                            .getJsonObject("innerError")
                            .getInt("attemptsRemaining"))
                    .isEqualTo(2);
            act(Role.HELP_DESK, device, TEST, otp(501));
            act(Role.HELP_DESK, device, TEST, otp(502));

            assertThat(detail(act(Role.HELP_DESK, device, TEST, otp(0))).getString("code"))
                    .isEqualTo("PASSWORD_LOCKED_OUT");
            assertThat(token().failureState().failures()).isEqualTo(3);
        }

        @Test
        void andTheAuditIsToldOfEachJudgement() {
            act(Role.HELP_DESK, device, TEST, otp(0));
            act(Role.HELP_DESK, device, TEST, otp(500));

            assertThat(heard.texts())
                    .containsExactly("oathToken.verify accepted", "oathToken.verify rejected NO_MATCH");
        }

        @Test
        void andNotWhileItIsBlocked() {
            act(Role.HELP_DESK, device, DEVICE + "block+json", "{}");

            assertThat(detail(act(Role.HELP_DESK, device, TEST, otp(0))).getString("message"))
                    .isEqualTo("The device is blocked: unblock it first.");
            assertThat(token().failureState().failures()).isZero();
        }
    }
}
