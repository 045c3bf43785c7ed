package org.oathbound.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.environment.Fixture.json;
import static org.oathbound.environment.Fixture.policy;
import static org.oathbound.environment.Fixture.with;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.Problem;

class CurrentSettingsTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();
    private static final OathSettings OTHER = OathSettingsDocument.read(json("{\"codeAlone\": true}"));

    private final Fixture fixture = new Fixture();
    private final Environment environment = fixture.environment;

    private Settings inForce() {
        return fixture.current.of(environment);
    }

    @Nested
    @DisplayName("What is in force follows from the settings and the default policy")
    class Composition {

        private void mfa(String text) {
            fixture.stored.replaceMfa(environment, json(text));
        }

        @Test
        void nothingIsStored() {
            assertThat(inForce()).isEqualTo(Settings.DEFAULT);
        }

        @Test
        void theDefaultPolicyLocksEachKindOfTokenInItsOwnWay() {
            fixture.stored.create(environment, policy("Staff", true));
            assertThat(inForce().fobs()).isEqualTo(new Lockout(4, Duration.ofMinutes(5)));
            assertThat(inForce().apps()).isEqualTo(new Lockout(6, Duration.ofSeconds(45)));
        }

        @Test
        void anotherPolicyHasNoSay() {
            fixture.stored.create(environment, policy("Staff", false));
            assertThat(inForce()).isEqualTo(Settings.DEFAULT);
        }

        @Test
        void theLockoutOfMfaSettingsGoesBeforeThatOfThePolicy() {
            mfa("{\"pairing\": {}, \"lockout\": {\"failureCount\": 6, \"durationSeconds\": 1200}}");
            assertThat(inForce().fobs()).isEqualTo(new Lockout(6, Duration.ofMinutes(20)));
            assertThat(inForce().apps()).isEqualTo(new Lockout(6, Duration.ofMinutes(20)));
        }

        @Test
        void aLockoutWithoutADurationTakesThePolicys() {
            fixture.stored.create(environment, policy("Staff", true));
            mfa("{\"pairing\": {}, \"lockout\": {\"failureCount\": 2}}");
            assertThat(inForce().fobs()).isEqualTo(new Lockout(2, Duration.ofMinutes(5)));
            assertThat(inForce().apps()).isEqualTo(new Lockout(2, Duration.ofSeconds(45)));
        }

        @Test
        void peopleAndTheirDevices() {
            mfa("{\"pairing\": {\"maxAllowedDevices\": 15}, \"users\": {\"mfaEnabled\": false}}");
            assertThat(inForce().maxDevices()).isEqualTo(15);
            assertThat(inForce().mfaEnabled()).isFalse();
            mfa("{\"pairing\": {}}");
            assertThat(inForce().maxDevices()).isEqualTo(5);
            assertThat(inForce().mfaEnabled()).isTrue();
        }

        @Test
        void methodsAndApps() {
            JsonObject policy = with(policy("Staff", true), "/oathToken/enabled", "false");
            policy = with(policy, "/totp/pairingDisabled", "true");
            policy = with(policy, "/totp/passcodeGracePeriod", "7");
            policy = with(policy, "/totp/uriParameters", "{\"issuer\": \"Example Ltd\"}");
            fixture.stored.create(environment, policy);
            assertThat(inForce().oathToken()).isEqualTo(new Settings.Method(false, false));
            assertThat(inForce().totp()).isEqualTo(new Settings.Method(true, true));
            assertThat(inForce().appWindow()).isEqualTo(7);
            assertThat(inForce().issuer()).isEqualTo("Example Ltd");
        }

        @Test
        void oathSettingsAsTheyAre() {
            fixture.stored.replace(environment, OTHER);
            assertThat(inForce().oath()).isEqualTo(OTHER);
        }

        @Test
        void noneOfAnEnvironmentThatIsGone() {
            Environment gone = new Environment(UUID.randomUUID(), new DN(new RDN("ou", "Gone"), environment.base()));
            assertThatThrownBy(() -> fixture.current.of(gone)).isInstanceOf(Problem.NotFound.class);
        }
    }

    @Nested
    @DisplayName("One read of the directory is good for a second")
    class Cache {

        @Test
        void andNoLonger() {
            Settings first = inForce();
            fixture.elsewhere.replace(environment, OTHER);
            long reads = fixture.reads.get();
            fixture.nanoTime.addAndGet(999 * MILLISECOND);
            assertThat(inForce()).isSameAs(first);
            assertThat(fixture.reads).hasValue(reads);
            fixture.nanoTime.addAndGet(MILLISECOND);
            assertThat(inForce().oath()).isEqualTo(OTHER);
            assertThat(fixture.reads).hasValue(reads + 1);
        }

        @Test
        void whoChangesThemHereSeesThemAtOnce() {
            inForce();
            fixture.stored.replace(environment, OTHER);
            assertThat(inForce().oath()).isEqualTo(OTHER);
            fixture.stored.replaceMfa(environment, json("{\"pairing\": {\"maxAllowedDevices\": 1}}"));
            assertThat(inForce().maxDevices()).isEqualTo(1);
            fixture.stored.replace(environment, environment.firstPolicy(), policy("Default", true));
            assertThat(inForce().fobs().limit()).isEqualTo(4);
            fixture.stored.resetMfa(environment);
            assertThat(inForce().maxDevices()).isEqualTo(5);
        }

        @Test
        void aSlowReaderDoesNotBringBackWhatWasBefore() {
            fixture.afterRead.set(() -> {
                fixture.nanoTime.addAndGet(MILLISECOND);
                fixture.stored.replace(environment, OTHER);
            });
            assertThat(inForce().oath()).isEqualTo(OTHER);
            assertThat(inForce().oath()).isEqualTo(OTHER);
        }

        @Test
        void eachEnvironmentHasItsOwn() throws LDAPException {
            UUID id = UUID.randomUUID();
            Environment other =
                    new Environment(id, new DN("oathboundId=" + id + ",ou=Environments," + fixture.directory.suffix()));
            Entry entry = new Entry(other.base());
            entry.addAttribute("objectClass", "device", "oathboundEnvironment");
            entry.addAttribute("cn", "Other");
            entry.addAttribute("oathboundRevision", "0");
            assertThat(fixture.directory.add(entry)).isTrue();

            fixture.stored.replace(other, OTHER);
            fixture.stored.create(other, policy("Staff", true));
            assertThat(inForce()).isEqualTo(Settings.DEFAULT);
            assertThat(fixture.policies()).containsExactly(fixture.first());
            assertThat(fixture.current.of(other).oath()).isEqualTo(OTHER);
        }
    }
}
