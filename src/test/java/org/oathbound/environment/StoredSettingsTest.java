package org.oathbound.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.environment.Fixture.faults;
import static org.oathbound.environment.Fixture.json;
import static org.oathbound.environment.Fixture.policy;
import static org.oathbound.environment.Fixture.text;
import static org.oathbound.environment.Fixture.with;
import static org.oathbound.environment.Fixture.without;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Schema;
import org.oathbound.problem.Problem;

@Tag("slow")
class StoredSettingsTest {

    private static final String WHOLE = """
            {"lockout": {"failureCount": 6, "durationSeconds": 1200},
             "pairing": {"maxAllowedDevices": 10, "pairingKeyFormat": "ALPHANUMERIC"},
             "phoneExtensions": {"enabled": true}, "users": {"mfaEnabled": false},
             "authentication": {"deviceSelection": "PROMPT_TO_SELECT"}, "somethingNew": {"a": [1, 2.50]}}""";

    private final Fixture fixture = new Fixture();
    private final Environment environment = fixture.environment;
    private final StoredSettings stored = fixture.stored;

    private JsonObject mfa() {
        return stored.of(environment).mfa().document();
    }

    private ReadOnlyEntry entry() {
        return fixture.directory.read(environment.base()).orElseThrow();
    }

    @Nested
    @DisplayName("What nobody has changed is not stored, and reads as what an environment begins with")
    class Beginning {

        @Test
        void settings() {
            assertThat(stored.of(environment).oath()).isEqualTo(OathSettings.DEFAULT);
            assertThat(mfa()).isEqualTo(json("""
                    {"pairing": {"maxAllowedDevices": 5, "pairingKeyFormat": "NUMERIC"}, "users": {"mfaEnabled": true}}"""));
        }

        @Test
        void onePolicyThatIsTheDefault() {
            assertThat(fixture.policies()).hasSize(1);
            JsonObject first = fixture.first().document();
            assertThat(first.getBoolean("default")).isTrue();
            assertThat(first.getString("name")).isEqualTo("Default");
            for (String ours : List.of("oathToken", "totp")) {
                assertThat(first.getJsonObject(ours)).isEqualTo(json("""
                        {"enabled": true, "pairingDisabled": false,
                         "otp": {"failure": {"count": 3, "coolDown": {"duration": 2, "timeUnit": "MINUTES"}}}}"""));
            }
            for (String theirs : List.of("sms", "email", "voice", "mobile")) {
                assertThat(first.getJsonObject(theirs).getBoolean("enabled")).isFalse();
                assertThat(first.getJsonObject(theirs).getJsonObject("otp")).containsKey("failure");
            }
        }

        @Test
        void whatIsSetBackLeavesNothing() {
            stored.replace(environment, OathSettingsDocument.read(json("{\"codeAlone\": true}")));
            stored.replaceMfa(environment, json(WHOLE));
            assertThat(entry().hasAttribute(Schema.OATH_SETTINGS)).isTrue();
            assertThat(entry().hasAttribute(Schema.MFA_SETTINGS)).isTrue();

            stored.replace(environment, OathSettings.DEFAULT);
            stored.resetMfa(environment);
            assertThat(stored.of(environment).oath()).isEqualTo(OathSettings.DEFAULT);
            assertThat(mfa()).doesNotContainKey("lockout");
            assertThat(entry().hasAttribute(Schema.OATH_SETTINGS)).isFalse();
            assertThat(entry().hasAttribute(Schema.MFA_SETTINGS)).isFalse();
            assertThat(entry().hasAttribute(Schema.POLICY)).isFalse();
        }
    }

    @Nested
    @DisplayName("Documents are kept whole and returned as given, but for the members that are ours")
    class Kept {

        @Test
        void mfaSettings() {
            MfaSettings replaced = stored.replaceMfa(environment, json(WHOLE));
            assertThat(mfa()).isEqualTo(replaced.document());
            assertThat(mfa()).isEqualTo(with(json(WHOLE), "/updatedAt", "\"2026-11-22T10:00:00.000Z\""));
        }

        @Test
        void policies() {
            Policy created = stored.create(environment, policy("Staff", false));
            JsonObject kept =
                    fixture.stored.of(environment).policies().get(created.id()).document();
            assertThat(kept).isEqualTo(created.document());
            assertThat(kept).containsAllEntriesOf(policy("Staff", false));
            assertThat(without(without(without(kept, "/id"), "/updatedAt"), "/forSignOnPolicy"))
                    .isEqualTo(policy("Staff", false));
            assertThat(text(kept, "/updatedAt")).isEqualTo("2026-11-22T10:00:00.000Z");
        }

        @Test
        void whatIsNullIsAbsent() {
            JsonObject sent = with(with(policy("Staff", false), "/fido2", "null"), "/totp/passcodeGracePeriod", "null");
            JsonObject kept =
                    stored.create(environment, with(sent, "/oathToken", "null")).document();
            assertThat(kept).doesNotContainKey("fido2").containsKey("oathToken");
            assertThat(kept.getJsonObject("totp")).doesNotContainKey("passcodeGracePeriod");
            stored.replaceMfa(
                    environment, with(with(json(WHOLE), "/lockout/durationSeconds", "null"), "/users", "null"));
            assertThat(mfa()).doesNotContainKey("users");
            assertThat(mfa().getJsonObject("lockout")).containsOnlyKeys("failureCount");
        }

        @Test
        void aDocumentThatIsSentBackAsItWasReadChangesNoneOfOurs() {
            UUID id = stored.create(environment, policy("Staff", false)).id();
            JsonObject sent = with(policy("Staff", false), "/id", "\"" + UUID.randomUUID() + "\"");
            sent = with(with(sent, "/_links", "{}"), "/environment", "{\"id\": \"x\"}");
            sent = with(with(sent, "/updatedAt", "\"yesterday\""), "/forSignOnPolicy", "true");
            JsonObject kept = stored.replace(environment, id, sent).document();
            assertThat(kept.getString("id")).isEqualTo(id.toString());
            assertThat(kept.getBoolean("forSignOnPolicy")).isFalse();
            assertThat(text(kept, "/updatedAt")).startsWith("2026-11-22");
            assertThat(kept).doesNotContainKeys("_links", "environment");
        }

        @Test
        void whoLeavesOutOathTokenGetsItAsAnEnvironmentBeginsWithIt() {
            Policy created = stored.create(environment, without(policy("Staff", false), "/oathToken"));
            assertThat(created.fobs()).isEqualTo(fixture.first().fobs());
            assertThat(created.document().get("oathToken"))
                    .isEqualTo(fixture.first().document().get("oathToken"));
        }
    }

    @Nested
    @DisplayName("Bad input changes nothing and gets an answer that names the member")
    class BadInput {

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                /pairing;                   null;        REQUIRED_VALUE pairing
                /pairing;                   true;        INVALID_VALUE pairing
                /pairing/maxAllowedDevices; 0;           OUT_OF_RANGE pairing.maxAllowedDevices
                /pairing/maxAllowedDevices; 16;          OUT_OF_RANGE pairing.maxAllowedDevices
                /pairing/pairingKeyFormat;  "HEX";       INVALID_VALUE pairing.pairingKeyFormat
                /lockout;                   {};          REQUIRED_VALUE lockout.failureCount
                /lockout/failureCount;      0;           OUT_OF_RANGE lockout.failureCount
                /lockout/failureCount;      11;          OUT_OF_RANGE lockout.failureCount
                /lockout/durationSeconds;   29;          OUT_OF_RANGE lockout.durationSeconds
                /lockout/durationSeconds;   86401;       OUT_OF_RANGE lockout.durationSeconds
                /users/mfaEnabled;          "true";      INVALID_VALUE users.mfaEnabled
                """)
        void inMfaSettings(String pointer, String value, String fault) {
            JsonObject before = stored.replaceMfa(environment, json(WHOLE)).document();
            assertThat(faults(() -> stored.replaceMfa(environment, with(json(WHOLE), pointer, value))))
                    .containsExactly(fault);
            assertThat(mfa()).isEqualTo(before);
        }

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                /name;                                   null;      REQUIRED_VALUE name
                /name;                                   " ";       EMPTY_VALUE name
                /name;                                   "a\\nb";   INVALID_VALUE name
                /default;                                null;      REQUIRED_VALUE default
                /default;                                "false";   INVALID_VALUE default
                /sms;                                    null;      REQUIRED_VALUE sms
                /email;                                  null;      REQUIRED_VALUE email
                /voice;                                  {};        REQUIRED_VALUE voice.enabled
                /mobile;                                 false;     INVALID_VALUE mobile
                /totp;                                   null;      REQUIRED_VALUE totp
                /totp/enabled;                           null;      REQUIRED_VALUE totp.enabled
                /totp/pairingDisabled;                   1;         INVALID_VALUE totp.pairingDisabled
                /totp/passcodeGracePeriod;               0;         OUT_OF_RANGE totp.passcodeGracePeriod
                /totp/passcodeGracePeriod;               11;        OUT_OF_RANGE totp.passcodeGracePeriod
                /totp/uriParameters;                     [];        INVALID_VALUE totp.uriParameters
                /totp/uriParameters;                     {"issuer": "A:B"}; INVALID_VALUE totp.uriParameters.issuer
                /totp/uriParameters;                     {"issuer": ""};    EMPTY_VALUE totp.uriParameters.issuer
                /oathToken/otp;                          null;      REQUIRED_VALUE oathToken.otp
                /oathToken/otp/failure;                  null;      REQUIRED_VALUE oathToken.otp.failure
                /oathToken/otp/failure/count;            0;         OUT_OF_RANGE oathToken.otp.failure.count
                /oathToken/otp/failure/count;            11;        OUT_OF_RANGE oathToken.otp.failure.count
                /oathToken/otp/failure/coolDown;         null;      REQUIRED_VALUE oathToken.otp.failure.coolDown
                /oathToken/otp/failure/coolDown/duration; 0;        OUT_OF_RANGE oathToken.otp.failure.coolDown.duration
                /oathToken/otp/failure/coolDown/duration; 1441;     OUT_OF_RANGE oathToken.otp.failure.coolDown.duration
                /oathToken/otp/failure/coolDown/timeUnit; "HOURS";  INVALID_VALUE oathToken.otp.failure.coolDown.timeUnit
                /totp/otp/failure/coolDown/duration;     29;        OUT_OF_RANGE totp.otp.failure.coolDown.duration
                /totp/otp/failure/coolDown/duration;     86401;     OUT_OF_RANGE totp.otp.failure.coolDown.duration
                """)
        void inPolicies(String pointer, String value, String fault) {
            Policy before = stored.create(environment, policy("Staff", false));
            JsonObject bad = with(policy("Staff", false), pointer, value);
            assertThat(faults(() -> stored.replace(environment, before.id(), bad)))
                    .containsExactly(fault);
            assertThat(faults(() -> stored.create(environment, bad))).containsExactly(fault);
            assertThat(fixture.policies()).containsExactlyInAnyOrder(fixture.first(), before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"sms", "email", "voice", "mobile", "fido2", "whatsApp", "platform", "somethingNew"})
        void aMethodThatIsNotHereCanNotBeEnabled(String method) {
            JsonObject bad = with(policy("Staff", false), "/" + method, "{\"enabled\": true, \"otp\": {}}");
            assertThatThrownBy(() -> stored.create(environment, bad))
                    .isInstanceOfSatisfying(Problem.InvalidData.class, problem -> assertThat(problem.details())
                            .singleElement()
                            .satisfies(detail -> {
                                assertThat(detail.code()).hasToString("INVALID_VALUE");
                                assertThat(detail.target()).isEqualTo(method + ".enabled");
                                assertThat(detail.message()).contains("OATH tokens and authenticator apps only");
                            }));
        }

        @Test
        void everyFaultIsNamedAtOnce() {
            JsonObject bad = with(with(policy("Staff", false), "/sms/enabled", "true"), "/totp/otp/failure/count", "0");
            assertThat(faults(() -> stored.create(environment, without(bad, "/name"))))
                    .containsExactlyInAnyOrder(
                            "REQUIRED_VALUE name", "INVALID_VALUE sms.enabled", "OUT_OF_RANGE totp.otp.failure.count");
        }

        @Test
        void aDocumentIsBounded() {
            String large = '"' + "ü".repeat(Documents.MAX_BYTES / 2) + '"';
            assertThat(faults(() -> stored.create(environment, with(policy("Staff", false), "/note", large))))
                    .containsExactly("SIZE_LIMIT_EXCEEDED null");
            assertThat(faults(() -> stored.replaceMfa(environment, with(json(WHOLE), "/note", large))))
                    .containsExactly("SIZE_LIMIT_EXCEEDED null");
        }

        @Test
        void thereAreSoManyPoliciesAndNoMore() {
            for (int i = 1; i < Policies.MAX; i++) {
                stored.create(environment, policy("Staff " + i, false));
            }
            assertThat(faults(() -> stored.create(environment, policy("Staff", false))))
                    .containsExactly("LIMIT_EXCEEDED null");
            assertThat(fixture.policies()).hasSize(Policies.MAX);
        }

        @Test
        void aNameIsTakenOnce() {
            stored.create(environment, policy("Staff", false));
            UUID other = stored.create(environment, policy("Guests", false)).id();
            assertThat(faults(() -> stored.create(environment, policy("Staff", false))))
                    .containsExactly("UNIQUENESS_VIOLATION name");
            assertThat(faults(() -> stored.replace(environment, other, policy("Default", false))))
                    .containsExactly("UNIQUENESS_VIOLATION name");
            assertThat(stored.replace(environment, other, policy("Guests", false))
                            .name())
                    .isEqualTo("Guests");
        }

        @Test
        void anUnknownPolicyIsNotFound() {
            UUID unknown = UUID.randomUUID();
            assertThatThrownBy(() -> stored.replace(environment, unknown, policy("Staff", false)))
                    .isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> stored.delete(environment, unknown)).isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> stored.of(environment).policies().get(unknown))
                    .isInstanceOf(Problem.NotFound.class);
        }
    }

    @Nested
    @DisplayName("Exactly one policy is the default, always")
    class Default {

        @Test
        void theFirstOneIsChangedUnderItsId() {
            UUID id = environment.firstPolicy();
            stored.replace(environment, id, policy("Everybody", true));
            assertThat(fixture.policies())
                    .singleElement()
                    .satisfies(policy -> assertThat(policy.id()).isEqualTo(id))
                    .satisfies(policy -> assertThat(policy.name()).isEqualTo("Everybody"));
        }

        @Test
        void anotherOneLeavesTheFirstAsItIs() {
            JsonObject before = fixture.first().document();
            stored.create(environment, policy("Staff", false));
            assertThat(fixture.first().document()).isEqualTo(before);
        }

        @Test
        void makingAnotherTheDefaultMovesIt() {
            Policy created = stored.create(environment, policy("Staff", true));
            assertThat(fixture.first().document()).containsEntry("default", jakarta.json.JsonValue.FALSE);
            stored.replace(environment, environment.firstPolicy(), policy("Default", true));
            assertThat(stored.of(environment).policies().get(created.id()).isDefault())
                    .isFalse();
            assertThat(fixture.policies()).hasSize(2);
        }

        @Test
        void theDefaultIsNotDeleted() {
            assertThat(faults(() -> stored.delete(environment, environment.firstPolicy())))
                    .containsExactly("CONSTRAINT_VIOLATION null");
            assertThatThrownBy(() -> stored.delete(environment, environment.firstPolicy()))
                    .isInstanceOf(Problem.RequestFailed.class);
            stored.create(environment, policy("Staff", true));
            stored.delete(environment, environment.firstPolicy());
            assertThat(fixture.policies()).singleElement().matches(Policy::isDefault);
        }

        @Test
        void theDefaultDoesNotStopBeingIt() {
            assertThat(faults(() -> stored.replace(environment, environment.firstPolicy(), policy("Default", false))))
                    .containsExactly("CONSTRAINT_VIOLATION default");
            assertThat(fixture.policies()).singleElement().matches(Policy::isDefault);
        }
    }

    @Nested
    @DisplayName("Two writers at once: both count, or one is refused")
    class Races {

        @RepeatedTest(20)
        void bothMakeAnotherPolicyTheDefault() throws Exception {
            UUID staff = stored.create(environment, policy("Staff", false)).id();
            UUID guests = stored.create(environment, policy("Guests", false)).id();
            together(
                    () -> stored.replace(environment, staff, policy("Staff", true)),
                    () -> fixture.elsewhere.replace(environment, guests, policy("Guests", true)));
            assertThat(fixture.policies())
                    .hasSize(3)
                    .filteredOn(Policy::isDefault)
                    .hasSize(1);
            assertThat(fixture.first().isDefault()).isFalse();
        }

        @RepeatedTest(20)
        void theyChangeDifferentThings() throws Exception {
            UUID first = environment.firstPolicy();
            together(
                    () -> stored.replaceMfa(environment, json(WHOLE)),
                    () -> fixture.elsewhere.replace(environment, first, policy("Everybody", true)),
                    () -> fixture.elsewhere.create(environment, policy("Staff", false)),
                    () -> stored.create(environment, policy("Guests", false)));
            assertThat(mfa()).containsKey("lockout");
            assertThat(fixture.policies()).extracting(Policy::name).containsExactly("Everybody", "Guests", "Staff");
        }

        private void together(Callable<?>... writers) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(writers.length);
            try {
                List<Future<?>> outcomes = new ArrayList<>();
                for (Callable<?> writer : writers) {
                    outcomes.add(threads.submit(writer));
                }
                for (Future<?> outcome : outcomes) {
                    outcome.get();
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    @Nested
    @DisplayName("A stored value that can't be read is a fault of the store's, never of the caller's")
    class Corrupt {

        @ParameterizedTest
        @CsvSource(delimiter = ';', textBlock = """
                oathboundOathSettings; {
                oathboundOathSettings; {"hotp": {"lookAhead": 5000}}
                oathboundMfaSettings;  {}
                oathboundPolicy;       []
                oathboundPolicy;       {"id": "x"}
                """)
        void isNamed(String attribute, String value) {
            ReadOnlyEntry seen = entry();
            Entry wanted = seen.duplicate();
            wanted.setAttribute(attribute, value);
            assertThat(fixture.directory.modifyIfUnchanged(seen, wanted)).isTrue();
            assertThatThrownBy(() -> fixture.current.of(environment))
                    .isInstanceOf(Problem.Corrupt.class)
                    .hasMessageContaining(attribute);
        }

        @Test
        void soIsAnEnvironmentWithoutADefaultPolicy() {
            stored.create(environment, policy("Staff", false));
            ReadOnlyEntry seen = entry();
            Entry wanted = seen.duplicate();
            wanted.removeAttributeValue(
                    Schema.POLICY, fixture.first().document().toString());
            assertThat(fixture.directory.modifyIfUnchanged(seen, wanted)).isTrue();
            assertThatThrownBy(() -> stored.of(environment))
                    .isInstanceOf(Problem.Corrupt.class)
                    .hasMessageContaining(Schema.POLICY);
        }
    }
}
