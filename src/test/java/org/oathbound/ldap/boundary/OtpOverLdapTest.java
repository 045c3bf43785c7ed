package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.GenericSASLBindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedResult;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedResult;
import com.unboundid.ldap.sdk.unboundidds.OneTimePassword;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.GenerateTOTPSharedSecretExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.GenerateTOTPSharedSecretExtendedResult;
import com.unboundid.ldap.sdk.unboundidds.extensions.RevokeTOTPSharedSecretExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.ValidateTOTPPasswordExtendedRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.Together;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Application.Registration;
import org.oathbound.application.entity.Role;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Listing;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.otp.Secrets;
import org.oathbound.password.QuickHash;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("Through LDAP people bind with a code, and PingDirectory's operations make, revoke and judge")
@Tag("slow")
class OtpOverLdapTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String PEOPLE = "ou=People," + SUFFIX;
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String JANE = "uid=jane," + PEOPLE;
    private static final String PASSWORD = "correct horse";
    private static final String SECRET = "client secret";

    /** Of {@link #PASSWORD}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    /** RFC 4226 appendix D. */
    private static final String[] CODES = IntStream.range(0, 5)
            .mapToObj(counter -> Secrets.code("AB1", counter).text())
            .toArray(String[]::new);

    private final TestClock clock = new TestClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final Heard heard = new Heard();
    private final AtomicBoolean losing = new AtomicBoolean();
    private final WholeDirectory directory = contended(Directories.fresh(SUFFIX));
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private final RoleHolders holders = new RoleHolders(directory);
    private final Applications applications = new Applications(directory, directory, new QuickHash(), clock);
    private DevicesFixture all;
    private LdapListener listener;
    private LDAPConnection client;
    private Person jane;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        Seals seals = new Seals(KeySets.in(data));
        all = new DevicesFixture(directory, seals, clock);
        listener = Listeners.plain(LdapRequestHandlerFactoryFixture.interfaces(
                directory, environments, all.persons, seals, clock, heard, new AddressLimit(0)));
        Entry administrator = new Entry(new DN(ADMIN));
        administrator.addAttribute("objectClass", "organizationalRole", "simpleSecurityObject");
        administrator.addAttribute("cn", "admin");
        administrator.addAttribute("userPassword", HASH);
        directory.add(administrator);
        jane = all.person(environment, "jane");
        all.persons.setPassword(environment, jane.id(), PASSWORD);
        listener.start();
        client = new LDAPConnection("127.0.0.1", listener.port());
    }

    @AfterEach
    void stop() {
        client.close();
        listener.stop();
    }

    /** One in which each write is lost to another, while that is switched on. */
    private WholeDirectory contended(WholeDirectory behind) {
        return (WholeDirectory) Proxy.newProxyInstance(
                OtpOverLdapTest.class.getClassLoader(),
                new Class<?>[] {WholeDirectory.class},
                (proxy, method, arguments) -> {
                    if (losing.get() && method.getName().equals("modifyIfUnchanged")) {
                        return false;
                    }
                    try {
                        return method.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ResultCode fails(ThrowingCallable request) {
        LDAPException failure = catchThrowableOfType(LDAPException.class, request);
        return failure == null ? ResultCode.SUCCESS : failure.getResultCode();
    }

    private UUID pair(String serialNumber) {
        all.fob(environment, serialNumber);
        return all.pairing
                .pair(
                        environment,
                        jane.id(),
                        new NewDevice(new Fob(new SerialNumber(serialNumber)), Device.Status.ACTIVE, null, null))
                .device()
                .device()
                .id();
    }

    private String whoAmI() throws LDAPException {
        return ((WhoAmIExtendedResult) client.processExtendedOperation(new WhoAmIExtendedRequest()))
                .getAuthorizationID();
    }

    @Test
    void whoIsDisabledIsNobodyHereAndAConnectionOfBeforeDoesNotComeBack() throws Exception {
        pair("AB1");
        String application = application(Role.AUTHENTICATOR);
        String token = directory
                .page(environment.tokens(), Attributes.ANY, null, 1, Listing.Order.ASCENDING)
                .entries()
                .getFirst()
                .getDN();
        client.bind(JANE, PASSWORD + CODES[0]);
        assertThat(client.getEntry(JANE)).isNotNull();

        all.enrolments.setEnabled(environment, jane.id(), false, clock.instant());
        assertThat(fails(() -> client.getEntry(JANE))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        all.enrolments.setEnabled(environment, jane.id(), true, clock.instant());
        assertThat(fails(() -> client.getEntry(JANE))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        all.enrolments.setEnabled(environment, jane.id(), false, clock.instant());

        assertThat(fails(() -> client.bind(JANE, PASSWORD + CODES[1]))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(fails(() -> client.bind(new SingleUseTOTPBindRequest("u:jane", null, CODES[1], PASSWORD))))
                .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        client.bind(application, SECRET);
        assertThat(fails(() -> client.compare(token, "oathSecret", CODES[1])))
                .isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        assertThat(client.processExtendedOperation(new ValidateTOTPPasswordExtendedRequest(JANE, CODES[1]))
                        .getResultCode())
                .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(fails(() -> generate("u:jane", PASSWORD))).isEqualTo(ResultCode.INVALID_CREDENTIALS);

        clock.move(Duration.ofSeconds(1));
        all.enrolments.setEnabled(environment, jane.id(), true, clock.instant());
        client.bind(JANE, PASSWORD + CODES[1]);
        assertThat(client.getEntry(JANE)).isNotNull();
    }

    private ResultCode change(String before, String wanted) throws LDAPException {
        return client.processExtendedOperation(new PasswordModifyExtendedRequest(JANE, before, wanted))
                .getResultCode();
    }

    @Test
    void aPasswordThatMustBeChangedIsGoodForThatAlone() throws Exception {
        all.persons.setPasswordToChange(environment, jane.id(), "first word");
        assertThat(fails(() -> client.bind(JANE, "first word"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(fails(() -> generate("u:jane", "first word"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);

        assertThat(change("first word", "first word")).isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
        assertThat(change("wrong word", "second word")).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        assertThat(fails(() -> client.bind(JANE, "second word"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(change("first word", "second word")).isEqualTo(ResultCode.SUCCESS);

        client.bind(JANE, "second word");
        client.bind("", "");
        assertThat(change("second word", "third word")).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        client.bind(JANE, "second word");
    }

    @Test
    void whoMayChangePeopleMayProveThatPasswordToo() throws Exception {
        all.persons.setPasswordToChange(environment, jane.id(), "first word");
        client.bind(application(Role.IDENTITY_DATA_ADMIN), SECRET);
        assertThat(change("wrong word", "second word")).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        assertThat(change("first word", "second word")).isEqualTo(ResultCode.SUCCESS);
        client.bind(JANE, "second word");
    }

    @Test
    void anAdministratorsNextPasswordNeedNotBeChanged() throws Exception {
        all.persons.setPasswordToChange(environment, jane.id(), "first word");
        all.persons.setPassword(environment, jane.id(), "second word");
        client.bind(JANE, "second word");
    }

    private String application(Role... roles) {
        UUID id = UUID.randomUUID();
        applications.create(environment, id, Registration.worker("app", Set.of(roles)), SECRET);
        return "oathboundId=" + id + ",ou=Applications," + SUFFIX;
    }

    private String totp(String secret) throws LDAPException {
        return OneTimePassword.totp(
                TotpSharedSecrets.parse(secret).orElseThrow().bytes(),
                clock.instant().toEpochMilli(),
                30,
                6);
    }

    private String generate(@Nullable String who, @Nullable String password) throws LDAPException {
        var result = (GenerateTOTPSharedSecretExtendedResult)
                client.processExtendedOperation(new GenerateTOTPSharedSecretExtendedRequest(who, password));
        if (result.getTOTPSharedSecret() == null) {
            throw new LDAPException(result);
        }
        return result.getTOTPSharedSecret();
    }

    private ResultCode revoke(@Nullable String who, @Nullable String password, @Nullable String secret)
            throws LDAPException {
        return client.processExtendedOperation(new RevokeTOTPSharedSecretExtendedRequest(who, password, secret))
                .getResultCode();
    }

    private ResultCode validate(String dn, String code) throws LDAPException {
        return client.processExtendedOperation(new ValidateTOTPPasswordExtendedRequest(dn, code))
                .getResultCode();
    }

    @Nested
    @DisplayName("A simple bind takes the password with the code behind it")
    class SimpleBind {

        @Test
        void asWhoHeIs() throws Exception {
            pair("AB1");
            client.bind("UID=Jane , ou=people," + SUFFIX, PASSWORD + CODES[0]);
            assertThat(new DN(whoAmI().substring(3))).isEqualTo(new DN(JANE));
            assertThat(heard.last().context().actor()).isEqualTo("person:" + jane.id());
        }

        @Test
        void onceEach() {
            pair("AB1");
            assertThat(fails(() -> client.bind(JANE, PASSWORD + CODES[0]))).isEqualTo(ResultCode.SUCCESS);
            assertThat(fails(() -> client.bind(JANE, PASSWORD + CODES[0]))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void neitherAloneOnceHeIsEnrolled() {
            assertThat(fails(() -> client.bind(JANE, PASSWORD))).isEqualTo(ResultCode.SUCCESS);
            pair("AB1");
            assertThat(fails(() -> client.bind(JANE, PASSWORD))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> client.bind(JANE, CODES[0]))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void whoFailsIsNobodyAgain() throws Exception {
            client.bind(JANE, PASSWORD);
            fails(() -> client.bind(JANE, "wrong"));
            assertThat(whoAmI()).isEmpty();
        }

        @Test
        void nobodyElse() {
            assertThat(fails(() -> client.bind("uid=joe," + PEOPLE, PASSWORD)))
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> client.bind("dc=elsewhere", PASSWORD))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> client.bind(PEOPLE, PASSWORD))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void anApplicationByItsSecret() throws Exception {
            String name = application(Role.AUTHENTICATOR);
            client.bind(name, SECRET);
            assertThat(new DN(whoAmI().substring(3))).isEqualTo(new DN(name));
            assertThat(fails(() -> client.bind(name, "wrong"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }
    }

    @Nested
    @DisplayName("SASL UNBOUNDID-TOTP takes both, each for itself")
    class Sasl {

        @Test
        void byUserName() throws Exception {
            pair("AB1");
            client.bind(new SingleUseTOTPBindRequest("u:jane", null, CODES[0], PASSWORD));
            assertThat(new DN(whoAmI().substring(3))).isEqualTo(new DN(JANE));
        }

        @Test
        void byName() throws Exception {
            pair("AB1");
            client.bind(new SingleUseTOTPBindRequest("dn:" + JANE, null, CODES[0], PASSWORD));
        }

        @Test
        void notWithoutThePassword() {
            pair("AB1");
            assertThat(fails(() -> client.bind(new SingleUseTOTPBindRequest("u:jane", null, CODES[0], (String) null))))
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void notAsSomebodyElse() {
            pair("AB1");
            assertThat(fails(() ->
                            client.bind(new SingleUseTOTPBindRequest("u:jane", "dn:" + ADMIN, CODES[0], PASSWORD))))
                    .isEqualTo(ResultCode.AUTHORIZATION_DENIED);
            assertThat(all.devices
                            .list(environment, jane.id())
                            .get(0)
                            .token()
                            .failureState()
                            .lastUsedAt())
                    .isNull();
        }

        @Test
        void nobodyIsToldApart() {
            assertThat(fails(() -> client.bind(new SingleUseTOTPBindRequest("u:joe", null, CODES[0], PASSWORD))))
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> client.bind(new SingleUseTOTPBindRequest("joe", null, CODES[0], PASSWORD))))
                    .isEqualTo(ResultCode.PROTOCOL_ERROR);
        }
    }

    @Nested
    @DisplayName("A comparison of oathSecret with a code judges it")
    class Compare {

        private String token() {
            return "oathTokenIdentifier=" + TokenId.of(environment.id(), new SerialNumber("AB1")) + ",ou=Tokens,"
                    + SUFFIX;
        }

        private boolean compare(String value) throws LDAPException {
            return client.compare(new CompareRequest(token(), "OathSecret", value))
                    .compareMatched();
        }

        @Test
        void once() throws Exception {
            pair("AB1");
            client.bind(application(Role.AUTHENTICATOR), SECRET);
            assertThat(compare(CODES[0])).isTrue();
            assertThat(compare(CODES[0])).isFalse();
            assertThat(compare("000000")).isFalse();
        }

        @Test
        void forWhoeverMayCheckCodesOnly() throws Exception {
            pair("AB1");
            assertThat(fails(() -> compare(CODES[0]))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            client.bind(ADMIN, PASSWORD);
            assertThat(fails(() -> compare(CODES[0]))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            client.bind(application(Role.HELP_DESK), SECRET);
            assertThat(fails(() -> compare(CODES[0]))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            client.bind(JANE, PASSWORD + CODES[0]);
            assertThat(fails(() -> compare(CODES[1]))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void whatIsNoCodeIsMalformed() throws Exception {
            pair("AB1");
            client.bind(application(Role.AUTHENTICATOR), SECRET);
            assertThat(fails(() -> compare(" 755224"))).isEqualTo(ResultCode.INVALID_ATTRIBUTE_SYNTAX);
            assertThat(fails(() -> compare("3132333435363738393031323334353637383930")))
                    .isEqualTo(ResultCode.INVALID_ATTRIBUTE_SYNTAX);
        }

        @Test
        void notOfATokenThatNobodyHas() throws Exception {
            client.bind(application(Role.AUTHENTICATOR), SECRET);
            assertThat(fails(() -> compare(CODES[0]))).isEqualTo(ResultCode.NO_SUCH_OBJECT);
            all.fob(environment, "AB1");
            assertThat(fails(() -> compare(CODES[0]))).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
        }

        @Test
        void aDisabledApplicationNoMore() throws Exception {
            pair("AB1");
            String name = application(Role.AUTHENTICATOR);
            client.bind(name, SECRET);
            UUID id = UUID.fromString(new DN(name).getRDN().getAttributeValues()[0]);
            applications.replace(
                    environment, id, new Registration("app", false, Set.of(Role.AUTHENTICATOR), List.of()));
            assertThat(fails(() -> compare(CODES[0]))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }
    }

    @Nested
    @DisplayName("A TOTP shared secret is made, judged and revoked")
    class SharedSecrets {

        @Test
        void byHimselfWithHisPassword() throws Exception {
            String secret = generate("u:jane", PASSWORD);
            assertThat(secret).matches("[A-Z2-7]{32}");
            client.bind(JANE, PASSWORD + totp(secret));
            assertThat(all.devices.list(environment, jane.id())).hasSize(1);
        }

        @Test
        void notByAWrongPasswordOrNobody() {
            assertThat(fails(() -> generate("u:jane", "wrong"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> generate("u:joe", PASSWORD))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> generate("u:jane", null))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void byHimselfInASessionWithACodeWhenThePasswordIsNotEnough() throws Exception {
            String secret = generate("u:jane", PASSWORD);
            client.bind(JANE, PASSWORD + totp(secret));
            generate(null, PASSWORD);
            LDAPConnection other = new LDAPConnection("127.0.0.1", listener.port());
            client.close();
            client = other;
            assertThat(fails(() -> generate("u:jane", PASSWORD))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void byTheAdministratorAndTheHelpDesk() throws Exception {
            client.bind(ADMIN, PASSWORD);
            generate("dn:" + JANE, null);
            client.bind(application(Role.HELP_DESK), SECRET);
            generate("u:jane", null);
            holders.set(environment, jane.id(), Set.of(Role.IDENTITY_DATA_ADMIN));
            assertThat(fails(() -> generate("u:jane", null))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void aCodeIsJudgedForHimAndForAnAuthenticator() throws Exception {
            String secret = generate("u:jane", PASSWORD);
            assertThat(validate(JANE, totp(secret))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            client.bind(application(Role.AUTHENTICATOR), SECRET);
            assertThat(validate(JANE, "000000")).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(validate(JANE, totp(secret))).isEqualTo(ResultCode.SUCCESS);
            assertThat(validate(JANE, totp(secret))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(validate("uid=joe," + PEOPLE, totp(secret))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void oneIsRevokedByItself() throws Exception {
            String first = generate("u:jane", PASSWORD);
            String second = generate("u:jane", PASSWORD);
            assertThat(revoke("u:jane", null, first.toLowerCase(Locale.ROOT))).isEqualTo(ResultCode.SUCCESS);
            assertThat(revoke("u:jane", null, first)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            client.bind(JANE, PASSWORD + totp(second));
            assertThat(revoke(null, null, second)).isEqualTo(ResultCode.SUCCESS);
        }

        @Test
        void allByThePassword() throws Exception {
            generate("u:jane", PASSWORD);
            generate("u:jane", PASSWORD);
            assertThat(revoke("u:jane", null, null)).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(revoke("u:jane", "wrong", null)).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(revoke("u:jane", PASSWORD, null)).isEqualTo(ResultCode.SUCCESS);
            assertThat(all.devices.list(environment, jane.id())).isEmpty();
        }

        @Test
        void theAuditSaysWhoseAndNothingThatWasTyped() throws Exception {
            String secret = generate("u:jane", PASSWORD);
            assertThat(heard.texts()).contains("device.pair success");
            assertThat(heard.last().event().person()).isEqualTo(jane.id());
            assertThat(heard.told().toString()).doesNotContain(PASSWORD, secret, "uid=jane");
        }
    }

    @Nested
    @DisplayName("Byte for byte as PingDirectory's clients send it")
    class OnTheWire {

        private Person jdoe;

        @BeforeEach
        void somebody() {
            jdoe = all.person(environment, "jdoe");
            all.persons.setPassword(environment, jdoe.id(), "pw");
        }

        private ExtendedResult answerTo(String oid, String value) throws LDAPException {
            byte[] bytes = HexFormat.of().parseHex(value);
            return client.processExtendedOperation(new ExtendedRequest(oid, new ASN1OctetString(bytes)));
        }

        @Test
        void generate() throws Exception {
            ExtendedResult result = answerTo("1.3.6.1.4.1.30221.2.6.56", "300c8006753a6a646f6581027077");
            assertThat(result.getResultCode()).isEqualTo(ResultCode.SUCCESS);
            assertThat(result.getOID()).isEqualTo("1.3.6.1.4.1.30221.2.6.57");
            String value = HexFormat.of().formatHex(result.getValue().getValue());
            assertThat(value).startsWith("30228020").hasSize(2 * (4 + 32));
        }

        @Test
        void revokeAll() throws Exception {
            answerTo("1.3.6.1.4.1.30221.2.6.56", "300c8006753a6a646f6581027077");
            ExtendedResult result = answerTo("1.3.6.1.4.1.30221.2.6.58", "300c8006753a6a646f6581027077");
            assertThat(result.getResultCode()).isEqualTo(ResultCode.SUCCESS);
            assertThat(result.getOID()).isNull();
            assertThat(result.getValue()).isNull();
            assertThat(all.devices.list(environment, jdoe.id())).isEmpty();
        }

        @Test
        void revokeOneThatHeHasNot() throws Exception {
            String value = "301a8006753a6a646f65821047455a44474e425647593354514f4a51";
            assertThat(answerTo("1.3.6.1.4.1.30221.2.6.58", value).getResultCode())
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void validate() throws Exception {
            client.bind(application(Role.AUTHENTICATOR), SECRET);
            String value = "3017800d7569643d6a646f652c64633d788106313233343536";
            assertThat(answerTo("1.3.6.1.4.1.30221.2.6.15", value).getResultCode())
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
        }

        @Test
        void sasl() {
            var credentials =
                    new ASN1OctetString(HexFormat.of().parseHex("30148006753a6a646f65820631323334353683027077"));
            assertThat(fails(() -> client.bind(new GenericSASLBindRequest(null, "UNBOUNDID-TOTP", credentials))))
                    .isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> client.bind(
                            new GenericSASLBindRequest(null, "UNBOUNDID-TOTP", new ASN1OctetString("junk")))))
                    .isEqualTo(ResultCode.PROTOCOL_ERROR);
        }

        @Test
        void whatCanNotBeReadIsAProtocolError() {
            for (String oid : List.of(
                    "1.3.6.1.4.1.30221.2.6.56",
                    "1.3.6.1.4.1.30221.2.6.58",
                    "1.3.6.1.4.1.30221.2.6.15",
                    "1.3.6.1.4.1.4203.1.11.1")) {
                assertThat(fails(() -> answerTo(oid, "30ff"))).isEqualTo(ResultCode.PROTOCOL_ERROR);
            }
        }
    }

    @Nested
    @DisplayName("A password is set by himself, and by whoever may change people")
    class PasswordModify {

        private PasswordModifyExtendedResult set(@Nullable String who, @Nullable String former, @Nullable String wanted)
                throws LDAPException {
            ExtendedResult result =
                    client.processExtendedOperation(new PasswordModifyExtendedRequest(who, former, wanted));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new LDAPException(result);
            }
            return (PasswordModifyExtendedResult) result;
        }

        @Test
        void hisOwn() throws Exception {
            client.bind(JANE, PASSWORD);
            set(null, null, "another one");
            assertThat(fails(() -> client.bind(JANE, PASSWORD))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            client.bind(JANE, "another one");
        }

        @Test
        void oneThatIsMade() throws Exception {
            client.bind(ADMIN, PASSWORD);
            String made = set(JANE, null, null).getGeneratedPassword();
            client.bind(JANE, made);
        }

        @Test
        void notByNobodyAndNotAnothers() throws Exception {
            all.person(environment, "joe");
            assertThat(fails(() -> set(JANE, PASSWORD, "another one")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            client.bind(JANE, PASSWORD);
            assertThat(fails(() -> set("uid=joe," + PEOPLE, null, "another one")))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void notByAWrongFormerOneNorToOneThatIsTooShort() throws Exception {
            client.bind(JANE, PASSWORD);
            assertThat(fails(() -> set(null, "wrong", "another one"))).isEqualTo(ResultCode.INVALID_CREDENTIALS);
            assertThat(fails(() -> set(null, PASSWORD, "short"))).isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
            client.bind(JANE, PASSWORD);
        }
    }

    @Nested
    @DisplayName("Who has bound sees what is his, or what his roles permit")
    class Reading {

        private List<String> names(String base, String filter, String... attributes) throws LDAPException {
            return client.search(base, SearchScope.SUB, filter, attributes).getSearchEntries().stream()
                    .map(SearchResultEntry::getDN)
                    .toList();
        }

        @Test
        void aPersonHimselfWithoutSecrets() throws Exception {
            all.person(environment, "joe");
            pair("AB1");
            client.bind(JANE, PASSWORD + CODES[0]);
            assertThat(names(SUFFIX, "(objectClass=*)")).containsExactly(JANE);
            assertThat(client.getEntry(JANE).hasAttribute("userPassword")).isFalse();
            assertThat(fails(() -> client.modify(JANE, new Modification(ModificationType.REPLACE, "sn", "Doe"))))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(client.compare(new CompareRequest(JANE, "uid", "JANE")).compareMatched())
                    .isTrue();
            assertThat(fails(() -> client.compare(new CompareRequest("uid=joe," + PEOPLE, "uid", "joe"))))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
            assertThat(fails(() -> client.compare(new CompareRequest(JANE, "userPassword", PASSWORD))))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }

        @Test
        void aReaderTokensWithTheirOwnersAndWithoutSecrets() throws Exception {
            pair("AB1");
            client.bind(application(Role.IDENTITY_DATA_READ_ONLY), SECRET);
            var found = client.search("ou=Tokens," + SUFFIX, SearchScope.ONE, "(owner=" + JANE + ")")
                    .getSearchEntries();
            assertThat(found).singleElement().satisfies(token -> {
                assertThat(token.getAttributeValue("oathTokenSerialNumber")).isEqualTo("AB1");
                assertThat(token.getAttributeValue("oathHOTPCounter")).isEqualTo("-1");
                assertThat(token.hasAttribute("oathSecret")).isFalse();
            });
            assertThat(fails(() -> names(SUFFIX, "(oathSecret=*)"))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(fails(() -> names("ou=Enrolments," + SUFFIX, "(objectClass=*)", "1.1")))
                    .isEqualTo(ResultCode.NO_SUCH_OBJECT);
        }

        @Test
        void anAuthenticatorNothingButItself() throws Exception {
            pair("AB1");
            String name = application(Role.AUTHENTICATOR);
            client.bind(name, SECRET);
            assertThat(names(SUFFIX, "(objectClass=*)")).containsExactly(name);
            assertThat(client.getEntry(name).hasAttribute("oathboundSecretHash"))
                    .isFalse();
        }

        @Test
        void pageByPage() throws Exception {
            for (int i = 0; i < 25; i++) {
                all.person(environment, "p" + (char) ('a' + i));
            }
            client.bind(application(Role.IDENTITY_DATA_READ_ONLY), SECRET);
            Set<String> seen = new TreeSet<>();
            ASN1OctetString cookie = null;
            int pages = 0;
            do {
                SearchRequest request = new SearchRequest(PEOPLE, SearchScope.ONE, "(uid=p*)", "1.1");
                request.addControl(new SimplePagedResultsControl(10, cookie, true));
                SearchResult result = client.search(request);
                result.getSearchEntries()
                        .forEach(entry -> assertThat(seen.add(entry.getDN())).isTrue());
                cookie = SimplePagedResultsControl.get(result).getCookie();
                pages++;
            } while (cookie != null && cookie.getValueLength() > 0);
            assertThat(seen).hasSize(25);
            assertThat(pages).isEqualTo(3);
        }

        @Test
        void nobodyNothing() {
            assertThat(fails(() -> names(SUFFIX, "(objectClass=*)"))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }
    }

    @Test
    void whatIsOfferedStandsInTheRootDse() throws Exception {
        var root = client.getRootDSE();
        assertThat(root.getSupportedSASLMechanismNames()).containsExactly("UNBOUNDID-TOTP");
        assertThat(root.getSupportedExtendedOperationOIDs())
                .contains(
                        "1.3.6.1.4.1.30221.2.6.56",
                        "1.3.6.1.4.1.30221.2.6.58",
                        "1.3.6.1.4.1.30221.2.6.15",
                        "1.3.6.1.4.1.4203.1.11.1",
                        "1.3.6.1.4.1.4203.1.11.3");
    }

    @Test
    void isBusyForARightCodeAndForAWrongOneWhenOthersAreFasterUntilTheDeadline() throws Exception {
        pair("AB1");
        losing.set(true);
        List<Callable<ResultCode>> binds = List.of(() -> bound(PASSWORD + CODES[0]), () -> bound(PASSWORD + "000000"));
        assertThat(Together.call(binds)).containsOnly(ResultCode.BUSY);
        losing.set(false);
        assertThat(bound(PASSWORD + CODES[0])).isEqualTo(ResultCode.SUCCESS);
    }

    private ResultCode bound(String line) throws LDAPException {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", listener.port())) {
            return fails(() -> connection.bind(JANE, line));
        }
    }

    @Nested
    @DisplayName("The administrator adds and deletes tokens, and a raw secret that comes in is sealed")
    class Administrator {

        private static final byte[] RAW = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

        @BeforeEach
        void bind() throws LDAPException {
            client.bind(ADMIN, PASSWORD);
        }

        private String name(String serialNumber) {
            return "oathTokenIdentifier=" + TokenId.of(environment.id(), new SerialNumber(serialNumber)) + ",ou=Tokens,"
                    + SUFFIX;
        }

        private Entry token(String name, String serialNumber) {
            Entry entry = new Entry(name);
            entry.addAttribute("objectClass", "top", "device", "oathHOTPToken", "oathboundToken");
            entry.addAttribute("oathTokenSerialNumber", serialNumber);
            entry.addAttribute("oathSecret", RAW);
            entry.addAttribute("oathOTPLength", "6");
            entry.addAttribute("oathHOTPCounter", "-1");
            return entry;
        }

        private Entry stored(String name) throws LDAPException {
            return directory.read(new DN(name)).orElseThrow();
        }

        @Test
        void ofWhichTheFirstCodeIsRight() throws LDAPException {
            client.add(token(name("RAW1"), "RAW1"));
            String secret = stored(name("RAW1")).getAttributeValue("oathSecret");
            assertThat(secret.split("\\.", -1)).as("JWE compact").hasSize(5);
            all.pairing.pair(
                    environment,
                    jane.id(),
                    new NewDevice(new Fob(new SerialNumber("RAW1")), Device.Status.ACTIVE, null, null));
            client.bind(JANE, PASSWORD + "755224"); // RFC 4226 appendix D
        }

        @Test
        void onlyUnderTheNameOfItsSerialNumber() {
            assertThat(fails(() -> client.add(token(name("RAW2"), "RAW1")))).isEqualTo(ResultCode.NAMING_VIOLATION);
            assertThat(fails(() -> client.add(token("cn=RAW1,ou=Tokens," + SUFFIX, "RAW1"))))
                    .isEqualTo(ResultCode.NAMING_VIOLATION);
        }

        @Test
        void onlyWithValuesThatATokenMayHave() {
            Entry shortSecret = token(name("RAW1"), "RAW1");
            shortSecret.setAttribute("oathSecret", new byte[15]);
            Entry withRevision = token(name("RAW1"), "RAW1");
            withRevision.addAttribute("oathboundRevision", "7");
            Entry withoutType = token(name("RAW1"), "RAW1");
            withoutType.setAttribute("objectClass", "top", "device");
            Entry withBoth = token(name("RAW1"), "RAW1");
            withBoth.addAttribute("objectClass", "oathTOTPToken");
            Entry withOtherName = token(name("RAW1"), "RAW1");
            withOtherName.addAttribute("cn", "RAW2");
            Entry negative = token(name("RAW1"), "RAW1");
            negative.setAttribute("oathHOTPCounter", "-2");
            Entry unreadable = token(name("RAW1"), "RAW1");
            unreadable.setAttribute("oathHOTPCounter", "many");
            Entry unknownHash = token(name("RAW1"), "RAW1");
            unknownHash.addAttribute("oathHMACAlgorithm", "1.2.3");
            Entry twoSecrets = token(name("RAW1"), "RAW1");
            twoSecrets.addAttribute("oathSecret", "another one of 16");
            for (Entry faulty : List.of(
                    twoSecrets,
                    shortSecret,
                    withRevision,
                    withoutType,
                    withBoth,
                    withOtherName,
                    negative,
                    unreadable,
                    unknownHash)) {
                assertThat(fails(() -> client.add(faulty)))
                        .as(faulty.toString())
                        .isEqualTo(ResultCode.CONSTRAINT_VIOLATION);
            }
            assertThat(all.tokens.find(environment, TokenId.of(environment.id(), new SerialNumber("RAW1"))))
                    .isEmpty();
        }

        @Test
        void neverTwiceAndNeverBack() throws LDAPException {
            Entry used = token(name("RAW1"), "RAW1");
            used.setAttribute("oathHOTPCounter", "6");
            client.add(used);
            assertThat(fails(() -> client.add(token(name("RAW1"), "RAW1")))).isEqualTo(ResultCode.ENTRY_ALREADY_EXISTS);
            Modification lower = new Modification(ModificationType.REPLACE, "oathHOTPCounter", "-1");
            assertThat(fails(() -> client.modify(name("RAW1"), lower))).isEqualTo(ResultCode.UNWILLING_TO_PERFORM);
            client.delete(name("RAW1"));
            assertThat(client.getEntry(name("RAW1"))).isNull();
            assertThat(fails(() -> client.delete(name("RAW1")))).isEqualTo(ResultCode.NO_SUCH_OBJECT);
            client.add(token(name("RAW1"), "RAW1"));
            assertThat(stored(name("RAW1")).getAttributeValue("oathHOTPCounter"))
                    .isEqualTo("6");
        }

        @Test
        void andNobodyElse() throws LDAPException {
            client.bind(application(Role.ENVIRONMENT_ADMIN), SECRET);
            assertThat(fails(() -> client.add(token(name("RAW1"), "RAW1"))))
                    .isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
            assertThat(fails(() -> client.delete(name("RAW1")))).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
        }
    }
}
