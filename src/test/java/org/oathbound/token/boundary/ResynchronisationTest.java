package org.oathbound.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
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
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.InMemoryApi;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.http.Links;
import org.oathbound.http.LinksFixture;
import org.oathbound.oauth.control.SignedIn;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.LostTokens;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

@Tag("slow")
class ResynchronisationTest {

    private static final String RESYNC = "application/vnd.pingidentity.device.resync+json";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:10Z");
    private static final long STEP = NOW.getEpochSecond() / 30;
    private static final SharedSecret SECRET = SharedSecret.ofHex("6EBD59F71A634C48C4619CD33F6C385C9237C9BA");

    @TempDir
    static Path data;

    private static Seals seals;

    private final TestClock clock = new TestClock(NOW);
    private Environment environment;
    private Tokens tokens;
    private Pairings pairings;
    private PersonalTokens personalTokens;
    private InMemoryApi api;
    private InMemoryApi importer;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        WholeEmbeddedDirectory directory = Directories.fresh();
        Environments environments = new Environments(directory, directory);
        environment = environments.createDefault(UUID.randomUUID(), "check");
        tokens = TokensFixture.tokens(directory, seals, clock, revoked -> {});
        pairings = TokensFixture.pairings(directory, seals, clock);
        personalTokens = TokensFixture.personalTokens(directory, seals, clock);
        Links links = LinksFixture.links();
        RoleHolders roles = new RoleHolders(directory);
        Resynchronisation resynchronisation = new Resynchronisation(
                environments, TokensFixture.verifier(directory, seals, clock), roles, links, clock);
        TokensResource resource = new TokensResource(
                environments,
                tokens,
                new LostTokens(directory, clock),
                pairings,
                resynchronisation,
                new CurrentSettings(directory),
                roles,
                links);
        api = new InMemoryApi(
                new SignedIn(environment, Role.IDENTITY_DATA_ADMIN),
                resource,
                new UserTokenResource(resynchronisation));
        importer = new InMemoryApi(new SignedIn(environment, Role.ENVIRONMENT_ADMIN), resource);
    }

    private TokenId create(MovingFactor movingFactor) {
        NewToken token = new NewToken(
                new SerialNumber("1"),
                SECRET,
                HashAlgorithm.SHA_1,
                6,
                movingFactor,
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS);
        return tokens.create(environment, token).metadata().id();
    }

    private TokenId hotp() {
        return create(new Counter(5));
    }

    private static String code(long factor) {
        return '"' + new Hotp(SECRET, HashAlgorithm.SHA_1, 6).generate(factor).text() + '"';
    }

    private static String body(String... codes) {
        return "{\"otps\":[" + String.join(",", codes) + "]}";
    }

    private Answer post(TokenId id, String body) {
        return api.post("v1/environments/" + environment.id() + "/oathTokens/" + id, RESYNC)
                .send(body);
    }

    /** With what the body's two codes come with. */
    private static String saying(String drift, long first) {
        return "{\"otps\":[%s,%s],\"drift\":%s}".formatted(code(first), code(first + 1), drift);
    }

    private Answer post(UUID user, TokenId id, String body) {
        return api.post("v1/environments/" + environment.id() + "/users/" + user + "/oathTokens/" + id, RESYNC)
                .send(body);
    }

    private JsonObject read(TokenId id) {
        return api.get("v1/environments/" + environment.id() + "/oathTokens/" + id)
                .send()
                .json();
    }

    private static int counter(JsonObject token) {
        return token.getJsonObject("hotp").getInt("counter");
    }

    private static JsonObject detail(Answer answer, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().getString("code")).isEqualTo(code);
        JsonArray details = answer.json().getJsonArray("details");
        assertThat(details).hasSize(1);
        return details.getJsonObject(0);
    }

    private FailureState failureState(TokenId id) {
        return tokens.find(environment, id).orElseThrow().failureState();
    }

    @Nested
    @DisplayName("Two consecutive codes at once succeed with 200 and the token")
    class TwoAtOnce {

        @Test
        void ofHotp() {
            TokenId id = hotp();

            Answer answer = post(id, body(code(90), code(91)));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(counter(answer.json())).isEqualTo(92);
            assertThat(answer.json()).isEqualTo(read(id));
            assertThat(answer.json().getString("lastUsedAt")).isEqualTo("2026-11-22T12:00:10.000Z");
            assertThat(answer.body()).doesNotContainIgnoringCase("secret");
        }

        @Test
        void ofTotpWithItsDrift() {
            TokenId id = create(new TimeStep(30));

            Answer answer = post(id, body(code(STEP + 40), code(STEP + 41)));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getJsonObject("totp").getInt("drift")).isEqualTo(41);
        }

        @Test
        void withParametersOfTheMediaTypeAndMembersThatAreNotOurs() {
            Answer answer = api.post(
                            "v1/environments/" + environment.id() + "/oathTokens/" + hotp(), RESYNC + "; charset=utf-8")
                    .send("{\"more\":1,\"otps\":[" + code(5) + "," + code(6) + "]}");

            assertThat(answer.status()).isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource({"5, 7", "6, 5", "5, 5", "3, 4", "200, 201"})
        void thatDoNotFollowOrAreNotFoundAreWrongAndMoveNothing(long first, long second) {
            TokenId id = hotp();

            JsonObject detail = detail(post(id, body(code(first), code(second))), "INVALID_DATA");

            assertThat(detail.getString("code")).isEqualTo("INVALID_OTP");
            assertThat(detail.getString("target")).isEqualTo("otps");
            assertThat(detail.getString("message")).isEqualTo("Wrong OTP was provided");
            assertThat(detail.getJsonObject("innerError").getInt("attemptsRemaining"))
                    .isEqualTo(2);
            assertThat(counter(read(id))).isEqualTo(5);
            assertThat(failureState(id).failures()).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("One after the other, the first asks for another")
    class OneAfterTheOther {

        @ParameterizedTest
        @ValueSource(longs = {5, 90})
        void whereverItIs(long first) {
            TokenId id = hotp();

            JsonObject detail = detail(post(id, body(code(first))), "INVALID_DATA");
            assertThat(detail.getString("code")).isEqualTo("EXTRA_OTP_REQUIRED");
            assertThat(detail.getString("target")).isEqualTo("otps");
            assertThat(detail.getString("message"))
                    .isEqualTo("An extra OTP is required: the code may be far away, so read out the next code too.");
            assertThat(counter(read(id))).isEqualTo(5);

            Answer answer = post(id, body(code(first + 1)));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(counter(answer.json())).isEqualTo(first + 2);
        }

        @Test
        void oneThatDoesNotFollowIsWrong() {
            TokenId id = hotp();
            post(id, body(code(5)));

            assertThat(detail(post(id, body(code(7))), "INVALID_DATA").getString("code"))
                    .isEqualTo("INVALID_OTP");
        }
    }

    @Nested
    @DisplayName("Too many wrong codes lock the token")
    class LockedOut {

        @Test
        void forAWhileWhichIsTold() {
            TokenId id = hotp();
            for (int i = 0; i < 3; i++) {
                post(id, body(code(5), code(7)));
            }
            clock.move(Duration.ofMillis(500));

            JsonObject detail = detail(post(id, body(code(5), code(6))), "REQUEST_FAILED");

            assertThat(detail.getString("code")).isEqualTo("PASSWORD_LOCKED_OUT");
            assertThat(detail.getJsonObject("innerError").getInt("retryAfter")).isEqualTo(120);
            assertThat(counter(read(id))).isEqualTo(5);
        }

        @Test
        void orUntilAnAdministratorUnlocksIt() {
            TokenId id = hotp();
            for (int i = 0; i < 20; i++) {
                post(id, body(code(5), code(7)));
                clock.move(Duration.ofDays(2));
            }

            JsonObject detail = detail(post(id, body(code(5), code(6))), "REQUEST_FAILED");

            assertThat(detail.getString("code")).isEqualTo("PASSWORD_LOCKED_OUT");
            assertThat(detail.getOrDefault("innerError", JsonValue.NULL)).isEqualTo(JsonValue.NULL);
        }
    }

    @Nested
    @DisplayName("What is malformed names the field and moves nothing")
    class Malformed {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "[\"123456\",\"123457\",\"123458\"]",
                    "\"123456\"",
                    "123456",
                    "[123456]",
                    "[null]",
                    "[[\"123456\"]]",
                    "[\"\"]",
                    "[\"12345\"]",
                    "[\"1234567\"]",
                    "[\"123456789\"]",
                    "[\" 123456\"]",
                    "[\"123456 \"]",
                    "[\"123 456\"]",
                    "[\"+123456\"]",
                    "[\"123456\\t\"]",
                    "[\"123456\\u0000\"]",
                    "[\"123456\\u00a0\"]",
                    "[\"\\uff11\\uff12\\uff13\\uff14\\uff15\\uff16\"]",
                    "[\"\\u0661\\u0662\\u0663\\u0664\\u0665\\u0666\"]",
                    "[\"123456\",\"12345x\"]"
                })
        void codes(String codes) {
            TokenId id = hotp();

            JsonObject detail = detail(post(id, "{\"otps\":" + codes + "}"), "INVALID_DATA");

            assertThat(detail.getString("code")).isEqualTo("INVALID_VALUE");
            assertThat(detail.getString("target")).isEqualTo("otps");
            assertThat(failureState(id)).isEqualTo(FailureState.FRESH);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"otps\":null}", "{\"otp\":\"123456\"}"})
        void noCodesAtAll(String body) {
            TokenId id = hotp();

            JsonObject detail = detail(post(id, body), "INVALID_DATA");

            assertThat(detail.getString("code")).isEqualTo("REQUIRED_VALUE");
            assertThat(detail.getString("target")).isEqualTo("otps");
        }

        @Test
        void anotherMediaType() {
            assertThat(api.post("v1/environments/" + environment.id() + "/oathTokens/" + hotp(), "application/json")
                            .send(body(code(5), code(6)))
                            .status())
                    .isEqualTo(415);
        }

        @Test
        void neverShowTheCode() {
            assertThat(post(hotp(), body("\"12345x\"")).body()).doesNotContain("12345");
            assertThat(post(new TokenId(UUID.randomUUID()), body("\"987654\"")).body())
                    .doesNotContain("987654");
        }
    }

    @Nested
    @DisplayName("A user's call is for a token that is paired with that user")
    class OfAUser {

        private final UUID user = UUID.randomUUID();

        @Test
        void andSucceedsThen() {
            TokenId id = hotp();
            pairings.begin(environment, id, new Pairing(user, UUID.randomUUID(), NOW));

            assertThat(post(user, id, body(code(90))).status()).isEqualTo(400);
            Answer answer = post(user, id, body(code(91)));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(read(id));
        }

        @Test
        void otherwiseItIsNotFoundAndNothingIsCounted() {
            TokenId id = hotp();
            pairings.begin(environment, id, new Pairing(UUID.randomUUID(), UUID.randomUUID(), NOW));

            Answer answer = post(user, id, body(code(5), code(7)));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
            assertThat(failureState(id)).isEqualTo(FailureState.FRESH);
        }

        @Test
        void norIsAnAppThatTheUserHas() {
            UUID device = UUID.randomUUID();
            personalTokens.createForApp(environment, new Pairing(user, device, NOW));
            TokenId app = PersonalTokens.idFor(environment, device);

            assertThat(post(user, app, body(code(5), code(6))).status()).isEqualTo(404);
            assertThat(post(app, body(code(5), code(6))).status()).isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("What is not there is not found")
    class NotThere {

        @Test
        void aTokenThatNeverWasOrIsRevoked() {
            TokenId id = hotp();
            tokens.revoke(environment, id);

            assertThat(post(id, body(code(5), code(6))).status()).isEqualTo(404);
            assertThat(post(new TokenId(UUID.randomUUID()), body(code(5))).status())
                    .isEqualTo(404);
        }

        @Test
        void anotherEnvironment() {
            assertThat(api.post("v1/environments/" + UUID.randomUUID() + "/oathTokens/" + hotp(), RESYNC)
                            .send(body(code(5), code(6)))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("Whoever may import tokens may say how far away a clock is")
    class Drift {

        private Answer imports(TokenId id, String body) {
            return importer.post("v1/environments/" + environment.id() + "/oathTokens/" + id, RESYNC)
                    .send(body);
        }

        @Test
        void andNobodyElse() {
            TokenId id = create(new TimeStep(30));
            assertThat(post(id, saying("950", STEP + 960)).status()).isEqualTo(403);
            assertThat(post(id, body(code(STEP + 1), code(STEP + 2))).status()).isEqualTo(200);
        }

        @Test
        void thenItIsFoundThere() {
            TokenId id = create(new TimeStep(30));
            long hours = STEP + 960;
            assertThat(post(id, body(code(hours), code(hours + 1))).status()).isEqualTo(400);

            Answer answer = imports(id, saying("950", hours));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().getJsonObject("totp").getInt("drift")).isEqualTo(961);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1000001", "-1000001", "0.5", "\"1\"", "1e99"})
        void butNotHowManyYears(String drift) {
            JsonObject detail = detail(imports(create(new TimeStep(30)), saying(drift, STEP)), "INVALID_DATA");
            assertThat(detail.getString("target")).isEqualTo("drift");
        }

        @Test
        void norOfOneWithoutAClock() {
            JsonObject detail = detail(imports(create(new Counter(5)), saying("1", 5)), "INVALID_DATA");
            assertThat(detail.getString("target")).isEqualTo("drift");
        }
    }
}
