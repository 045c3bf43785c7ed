package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.unboundidds.OneTimePassword;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.TestClock;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Administrator;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.oauth.control.SignedIn;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Seals;

@DisplayName(
        "Both interfaces of the directory know people by the same names, and decide alike what may be done with what is theirs")
@Tag("slow")
class FindAccountTest {

    private static final String PASSWORD = "correct horse";
    private static final String OTHER = "battery staple";
    private static final SharedSecret FOREIGN = SharedSecret.ofHex("3132333435363738393031323334353637383930");

    private final TestClock clock = new TestClock(Fixture.NOW);
    private Fixture fixture;
    private Environment environment;
    private DevicesFixture devices;
    private FindAccountFixture all;
    private Person jane;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new Fixture(folder);
        environment = fixture.environment;
        devices = new DevicesFixture(fixture.directory, new Seals(fixture.keys), clock);
        all = new FindAccountFixture(fixture.directory, fixture.environments, fixture.applications, devices);
        jane = devices.person(environment, "jane");
        devices.persons.setPassword(environment, jane.id(), PASSWORD);
    }

    private Account account() {
        return all.accounts.named("Jane");
    }

    private Account unknown() {
        return all.accounts.named("joe");
    }

    private Requester with(Role... roles) {
        return new Authenticated(new SignedIn(environment, roles).caller());
    }

    private Requester ofAnotherEnvironment(Role... roles) {
        DN base = new DN(new RDN(Schema.ID, "other"), environment.base());
        return new Authenticated(new SignedIn(new Environment(UUID.randomUUID(), base), roles).caller());
    }

    private Requester himself(boolean withCode) {
        return new Authenticated(
                RequestPrincipal.person(environment, new PersonSession(jane.id(), withCode), Set.of()));
    }

    private SharedSecret generate(Requester requester, @Nullable String password) {
        return all.secrets.generate(requester, account(), password);
    }

    /** From here on his password alone is not enough. */
    private void useOne() {
        String code = code(generate(new Anonymous(), PASSWORD));
        assertThat(all.secrets.validate(himself(false), account(), code)).isTrue();
    }

    /** By the SDK, which is not ours. */
    private String code(SharedSecret secret) {
        try {
            return OneTimePassword.totp(secret.bytes(), clock.instant().toEpochMilli(), 30, 6);
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    private int apps() {
        return devices.devices.list(environment, jane.id()).size();
    }

    private static void refuses(ThrowingCallable request) {
        assertThatExceptionOfType(Problem.Forbidden.class).isThrownBy(request);
    }

    private static void calledWrong(ThrowingCallable request) {
        assertThatExceptionOfType(Problem.Unauthenticated.class).isThrownBy(request);
    }

    @Nested
    @DisplayName("A name is a person's, an application's, or nobody's")
    class Names {

        private Account at(String name) throws LDAPException {
            return all.accounts.at(new DN(name));
        }

        @Test
        void ofAnEntry() throws Exception {
            assertThat(at("UID=Jane , ou=people,dc=example,dc=com").person())
                    .map(FoundPerson::id)
                    .contains(jane.id());
            assertThat(at("uid=joe,ou=People,dc=example,dc=com").person()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "uid=jane", "uid=jane,dc=example,dc=com", "uid=jane,ou=People,dc=example,dc=org"})
        void leadingNowhere(String name) throws Exception {
            Account account = at(name);
            assertThat(account)
                    .isEqualTo(new Account(environment, account.typed(), Optional.empty(), Optional.empty()));
        }

        @Test
        void ofAnApplicationThereOrNot() throws Exception {
            UUID id = UUID.randomUUID();
            Account account = at("oathboundId=" + id + ",ou=Applications,dc=example,dc=com");
            assertThat(account.application()).contains(id);
            assertThat(all.sessions.caller(account, Fixture.SECRET)).isEmpty();
            fixture.application(id, Role.HELP_DESK);
            assertThat(all.sessions.caller(account, Fixture.SECRET))
                    .map(RequestPrincipal::getName)
                    .contains("application:" + id);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "cn=%s,ou=Applications",
                    "cn=%s+oathboundId=x,ou=Applications",
                    "oathboundId=%s,ou=Tokens",
                    "oathboundId=x%s,ou=Applications"
                })
        void thatOnlyLooksLikeAnApplications(String name) throws Exception {
            UUID id = UUID.randomUUID();
            fixture.application(id, Role.HELP_DESK);
            Account account = at(String.format(name, id) + ",dc=example,dc=com");
            assertThat(account.application()).isEmpty();
            assertThat(all.sessions.caller(account, Fixture.SECRET)).isEmpty();
        }
    }

    @Nested
    @DisplayName("A secret is made")
    class Generate {

        @Test
        void byThePasswordUntilTheFirstCode() {
            useOne();
            refuses(() -> generate(new Anonymous(), PASSWORD));
            refuses(() -> generate(himself(false), PASSWORD));
            generate(himself(true), null);
        }

        @Test
        void byWhoeverMayPairAndByTheAdministrator() {
            useOne();
            generate(with(Role.HELP_DESK), null);
            generate(new Administrator(), null);
            refuses(() -> generate(with(Role.IDENTITY_DATA_READ_ONLY), null));
            refuses(() -> generate(ofAnotherEnvironment(Role.values()), null));
            refuses(() -> generate(new Anonymous(), null));
        }

        @Test
        void notForSomebodyAboveHimEvenWithThatOnesPassword() {
            useOne();
            fixture.holders.set(environment, jane.id(), Set.of(Role.ENVIRONMENT_ADMIN));
            refuses(() -> generate(with(Role.HELP_DESK), null));
            refuses(() -> generate(with(Role.HELP_DESK), PASSWORD));
            generate(new Administrator(), null);
        }

        @Test
        void andWhoMayKnowIsToldThatThereIsNobody() {
            assertThatExceptionOfType(Problem.NotFound.class)
                    .isThrownBy(() -> all.secrets.generate(with(Role.HELP_DESK), unknown(), null));
            refuses(() -> all.secrets.generate(himself(true), unknown(), null));
            calledWrong(() -> all.secrets.generate(with(Role.HELP_DESK), unknown(), PASSWORD));
        }
    }

    @Nested
    @DisplayName("A secret is ended")
    class Revoke {

        private void revoke(
                Requester requester, Account account, @Nullable String password, @Nullable SharedSecret secret) {
            all.secrets.revoke(requester, account, password, secret);
        }

        @Test
        void byItselfWhoeverSendsIt() {
            revoke(new Anonymous(), account(), null, generate(new Anonymous(), PASSWORD));
            revoke(with(Role.AUTHENTICATOR), account(), null, generate(new Anonymous(), PASSWORD));
            revoke(ofAnotherEnvironment(), account(), null, generate(new Anonymous(), PASSWORD));
            assertThat(apps()).isZero();
        }

        @Test
        void notByAnotherOneAndNobodyIsToldWhether() {
            generate(new Anonymous(), PASSWORD);
            calledWrong(() -> revoke(new Anonymous(), account(), null, FOREIGN));
            calledWrong(() -> revoke(new Anonymous(), unknown(), null, FOREIGN));
            calledWrong(() -> revoke(new Anonymous(), account(), PASSWORD, FOREIGN));
            calledWrong(() -> revoke(new Anonymous(), account(), OTHER, FOREIGN));
            assertThatExceptionOfType(Problem.RequestFailed.class)
                    .isThrownBy(() -> revoke(with(Role.HELP_DESK), account(), null, FOREIGN));
            assertThatExceptionOfType(Problem.NotFound.class)
                    .isThrownBy(() -> revoke(with(Role.HELP_DESK), unknown(), null, FOREIGN));
            assertThat(apps()).isOne();
        }

        @Test
        void withAllTheOthersByThePasswordOrARight() {
            generate(new Anonymous(), PASSWORD);
            refuses(() -> revoke(new Anonymous(), account(), null, null));
            refuses(() -> revoke(with(Role.AUTHENTICATOR), account(), null, null));
            calledWrong(() -> revoke(with(Role.HELP_DESK), account(), OTHER, null));
            assertThat(apps()).isOne();
            revoke(new Administrator(), account(), null, null);
            assertThat(apps()).isZero();
        }
    }

    @Nested
    @DisplayName("A password is set")
    class SetPassword {

        private boolean isPassword(String password) {
            return all.accounts.byPassword(account(), password).isPresent();
        }

        private Optional<String> change(Requester requester, @Nullable String before, @Nullable String wanted) {
            return all.passwordChange.change(requester, account(), before, wanted);
        }

        @Test
        void byHimselfByWhoMayAndByTheAdministrator() {
            for (Requester requester : Set.of(himself(false), with(Role.IDENTITY_DATA_ADMIN), new Administrator())) {
                String made = change(requester, null, null).orElseThrow();
                assertThat(isPassword(made)).isTrue();
            }
        }

        @Test
        void notByTheOneBeforeAlone() {
            refuses(() -> change(new Anonymous(), PASSWORD, OTHER));
            refuses(() -> change(with(Role.HELP_DESK), PASSWORD, OTHER));
            assertThat(isPassword(OTHER)).isFalse();
        }

        @Test
        void whereTheOneBeforeIsSentItIsChecked() {
            calledWrong(() -> change(himself(true), OTHER, OTHER));
            assertThat(change(himself(true), PASSWORD, OTHER)).isEmpty();
            assertThat(isPassword(OTHER)).isTrue();
        }

        /** Else whoever has a session would try passwords without ever changing one. */
        @Test
        void aPasswordThatMustNotBeTellsNothingOfTheOneBefore() {
            for (String before : Set.of(PASSWORD, OTHER)) {
                assertThatExceptionOfType(Problem.InvalidData.class)
                        .isThrownBy(() -> change(himself(true), before, "short"));
            }
        }

        @Test
        void notOfSomebodyAboveHim() {
            fixture.holders.set(environment, jane.id(), Set.of(Role.ENVIRONMENT_ADMIN));
            refuses(() -> change(with(Role.IDENTITY_DATA_ADMIN), null, OTHER));
            assertThatCode(() -> change(new Administrator(), null, OTHER)).doesNotThrowAnyException();
        }
    }

    @Nested
    @DisplayName("Nobody, and who is locked, cost as much as a wrong password: a hash and a write")
    class Cost {

        private long writes() {
            ReadOnlyEntry enrolment = fixture.directory
                    .read(new DN(new RDN(Schema.ID, jane.id().toString()), environment.enrolments()))
                    .orElseThrow();
            return Directories.paddingWrites(fixture.directory) + enrolment.getAttributeValueAsLong(Schema.REVISION);
        }

        private long costOf(Account account) {
            long before = writes();
            calledWrong(() -> all.secrets.generate(new Anonymous(), account, "wrong"));
            return writes() - before;
        }

        @Test
        void aWrite() {
            assertThat(costOf(account())).isOne();
            assertThat(costOf(unknown())).isOne();
            for (int i = 1; i < 10; i++) {
                costOf(account());
            }
            calledWrong(() -> generate(new Anonymous(), PASSWORD));
            assertThat(costOf(account())).as("locked").isOne();
        }

        @Test
        void aCodeOfNobody() {
            long before = writes();
            assertThat(all.secrets.validate(with(Role.AUTHENTICATOR), unknown(), "000000"))
                    .isFalse();
            assertThat(writes() - before).isOne();
        }
    }
}
