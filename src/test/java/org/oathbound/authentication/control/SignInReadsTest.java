package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.ValidateTOTPPasswordExtendedRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Heard;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.NewFlow;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Credential;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WatchedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.StoredSettings;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.ldap.boundary.LdapRequestHandlerFactoryFixture;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.password.GuessLimit;
import org.oathbound.password.QuickHash;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;

@DisplayName("A sign-in reads each entry once, at every interface, and writes once")
@Tag("slow")
class SignInReadsTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String JANE = "uid=jane,ou=People," + SUFFIX;
    private static final String PASSWORD = "correct horse";
    private static final String SECRET = "client secret";
    private static final UUID CLIENT = UUID.randomUUID();
    private static final String APPLICATION = "oathboundId=" + CLIENT + ",ou=Applications," + SUFFIX;

    /** RFC 4226 appendix D: of counter 0, and one that is far from it. */
    private static final String RIGHT = Secrets.code("ABC1", 0).text();

    private static final String NEXT = Secrets.code("ABC1", 1).text();

    private static final String WRONG = "000000";

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final WatchedDirectory watch = new WatchedDirectory(Directories.fresh(SUFFIX));
    private final Environments environments = new Environments(watch.watched(), watch.watched());
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private DevicesFixture all;
    private FindAccountFixture interfaces;
    private LdapListener listener;
    private LDAPConnection client;
    private Person jane;
    private UUID device;
    private Token token;

    @BeforeEach
    void start(@TempDir Path data) throws LDAPException {
        Seals seals = new Seals(KeySets.in(data));
        all = new DevicesFixture(watch.watched(), seals, clock);
        Applications applications = new Applications(watch.watched(), watch.watched(), new QuickHash(), clock);
        interfaces = new FindAccountFixture(watch.watched(), environments, applications, all);
        listener = Listeners.plain(LdapRequestHandlerFactoryFixture.interfaces(
                watch.watched(), environments, all.persons, seals, clock, new Heard(), new AddressLimit(0)));
        listener.start();
        client = new LDAPConnection("127.0.0.1", listener.port());
        applications.create(environment, CLIENT, Registration.worker("VPN", Set.of(Role.AUTHENTICATOR)), SECRET);
        jane = all.person(environment, "jane");
        all.persons.setPassword(environment, jane.id(), PASSWORD);
        token = all.fob(environment, "ABC1");
        device = pair(new SerialNumber("ABC1"));
        environments.defaultEnvironment();
        all.settings.of(environment); // for a second they are known
        watch.forget();
    }

    @AfterEach
    void stop() {
        client.close();
        listener.stop();
    }

    private UUID pair(SerialNumber fob) {
        NewDevice wanted = new NewDevice(new Fob(fob), Device.Status.ACTIVE, null, null);
        return all.pairing
                .pair(environment, jane.id(), wanted)
                .device()
                .device()
                .id();
    }

    private String identity() {
        return JANE;
    }

    private String enrolment() {
        return "oathboundId=" + jane.id() + ",ou=Enrolments," + SUFFIX;
    }

    private static String device(UUID id) {
        return "oathboundId=" + id + ",ou=Devices," + SUFFIX;
    }

    private static String token(Token token) {
        return "oathTokenIdentifier=" + token.metadata().id() + ",ou=Tokens," + SUFFIX;
    }

    private List<String> person() {
        return List.of(identity(), enrolment(), device(device), token(token));
    }

    /** What was read besides the environment's own entry, whose settings are known for a second. */
    private void assertRead(List<String> names) {
        assertThat(watch.read().stream().filter(name -> !name.equals(SUFFIX)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private void assertWritten(String... names) {
        assertThat(watch.written()).containsExactly(names);
    }

    @Nested
    class ABind {

        private ResultCode bind(String password) {
            try {
                return client.bind(JANE, password).getResultCode();
            } catch (LDAPException e) {
                return e.getResultCode();
            }
        }

        /** She has signed in from here today, which is written once. */
        private void signInBefore() {
            assertThat(bind(PASSWORD + RIGHT)).isEqualTo(ResultCode.SUCCESS);
            watch.forget();
        }

        @Test
        void byPasswordAndCode() {
            signInBefore();
            assertThat(bind(PASSWORD + NEXT)).isEqualTo(ResultCode.SUCCESS);
            assertRead(person());
            assertWritten(token(token));
        }

        @Test
        void theFirstOfADayMakesTheNetworkKnown() {
            assertThat(bind(PASSWORD + RIGHT)).isEqualTo(ResultCode.SUCCESS);
            assertRead(person());
            assertWritten(token(token), enrolment());
        }

        @Test
        void byAWrongCode() {
            assertThat(bind(PASSWORD + WRONG)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertRead(person());
            assertWritten(token(token));
        }

        @Test
        void byAWrongPassword() {
            assertThat(bind("wrong" + RIGHT)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertRead(person());
            assertWritten(enrolment());
        }

        @Test
        void withTwoDevices() {
            Token other = all.fob(environment, "ABC2");
            UUID second = pair(new SerialNumber("ABC2"));
            signInBefore();
            assertThat(bind(PASSWORD + NEXT)).isEqualTo(ResultCode.SUCCESS);
            assertRead(Stream.concat(person().stream(), Stream.of(device(second), token(other)))
                    .toList());
            assertWritten(token(token));
        }

        @Test
        void ofNobody() {
            assertThat(client.isConnected()).isTrue();
            assertThat(bind(PASSWORD)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            watch.forget();
            try {
                client.bind("uid=nobody,ou=People," + SUFFIX, PASSWORD);
            } catch (LDAPException e) {
                assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            }
            assertThat(watch.written()).singleElement().asString().endsWith(",ou=Padding," + SUFFIX);
        }

        @Test
        void bySasl() throws LDAPException {
            signInBefore();
            client.bind(new SingleUseTOTPBindRequest("u:jane", null, NEXT, PASSWORD));
            assertRead(person());
            assertWritten(token(token));
        }
    }

    @Test
    void validateTotpPassword() throws LDAPException {
        client.bind(APPLICATION, SECRET);
        watch.forget();
        assertThat(client.processExtendedOperation(new ValidateTOTPPasswordExtendedRequest(JANE, RIGHT))
                        .getResultCode())
                .isEqualTo(ResultCode.SUCCESS);
        assertRead(Stream.concat(person().stream(), Stream.of(APPLICATION)).toList());
        assertWritten(token(token));
    }

    @Test
    void authenticate() {
        Account account = interfaces.accounts.named("jane");
        assertThat(interfaces.sessions.begin(account, new Credential.Separate(PASSWORD, RIGHT)))
                .isPresent();
        assertRead(person());
        assertWritten(token(token));
    }

    @Nested
    class AFlow {

        private final Flows flows = new Flows(clock);
        private CodeCheck codes;
        private SignOn signOn;
        private StaffSignIn staff;

        @BeforeEach
        void start() {
            StoredSettings stored = new StoredSettings(watch.watched(), all.settings, clock);
            FindUsableDevices usable = new FindUsableDevices(all.enrolments, all.devices, all.settings, clock);
            codes = new CodeCheck(all.persons, all.verification, usable, flows, clock);
            signOn = new SignOn(all.persons, stored, all.bypass, usable, codes, flows, clock);
            staff = new StaffSignIn(all.persons, all.passwords, new GuessLimit(0), usable, all.verification);
        }

        private Flow begin(NewFlow wanted) {
            return signOn.begin(environment, CLIENT, wanted).flow();
        }

        @Test
        void itsCheck() {
            Flow flow = begin(new NewFlow(jane.id(), null, null, null));
            watch.forget();
            codes.check(environment, flow.subject().id(), Passcode.parse(RIGHT).orElseThrow());
            assertRead(person());
            assertWritten(token(token));
        }

        @Test
        void itsBeginWithACode() {
            begin(new NewFlow(jane.id(), null, device, Passcode.parse(RIGHT).orElseThrow()));
            assertRead(person());
            assertWritten(token(token));
        }

        @Test
        void theSignInPage() {
            new RoleHolders(watch.watched()).set(environment, jane.id(), Set.of(Role.HELP_DESK));
            watch.forget();
            staff.signIn(environment, "jane", PASSWORD, Passcode.parse(RIGHT));
            assertRead(person());
            assertWritten(token(token));
        }
    }

    @Test
    void aSecondSignInWithTheSameCode() {
        Account account = interfaces.accounts.named("jane");
        interfaces.sessions.begin(account, new Credential.Separate(PASSWORD, RIGHT));
        watch.forget();
        Optional<?> again =
                interfaces.sessions.begin(interfaces.accounts.named("jane"), new Credential.Separate(PASSWORD, RIGHT));
        assertThat(again).isEmpty();
        assertRead(person());
        assertWritten(token(token));
    }
}
