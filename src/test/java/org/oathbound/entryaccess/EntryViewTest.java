package org.oathbound.entryaccess;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.application.entity.Role;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.device.entity.NewDevice.Fob;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.oauth.control.Fixture;
import org.oathbound.oauth.control.SignedIn;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;

@DisplayName("Of the directory everybody sees what he may, and nobody a secret")
@Tag("slow")
class EntryViewTest {

    Fixture fixture;
    Environment environment;
    EntryView view;
    DevicesFixture devices;
    Person ada;
    Person bob;
    Token fob;

    @BeforeEach
    void setUp(@TempDir Path folder) throws Exception {
        fixture = new Fixture(folder);
        environment = fixture.environment;
        devices = new DevicesFixture(fixture.directory, new Seals(fixture.keys), Clock.systemUTC());
        view = new EntryView(fixture.environments, devices.enrolments);
        ada = devices.person(environment, "ada");
        bob = devices.person(environment, "bob");
        fob = devices.fob(environment, "1234567890");
        devices.pairing.pair(
                environment,
                ada.id(),
                new NewDevice(new Fob(new SerialNumber("1234567890")), Device.Status.ACTIVE, null, null));
    }

    @AfterEach
    void close() {
        fixture.directory.close();
    }

    private ReadOnlyEntry entry(DN name) {
        return fixture.directory.read(name).orElseThrow();
    }

    private DN token() {
        return new DN(new RDN(Schema.TOKEN_IDENTIFIER, fob.metadata().id().toString()), environment.tokens());
    }

    private boolean sees(@Nullable RequestPrincipal caller, DN name) {
        return fixture.directory
                .read(name)
                .flatMap(entry -> view.ofCaller(requester(caller), entry))
                .isPresent();
    }

    private static Requester requester(@Nullable RequestPrincipal caller) {
        return caller == null ? new Requester.Anonymous() : new Requester.Authenticated(caller);
    }

    private RequestPrincipal application(Role... roles) {
        return new SignedIn(environment, roles).caller();
    }

    private RequestPrincipal session(Person person, boolean withCode, Role... roles) {
        return RequestPrincipal.person(environment, new PersonSession(person.id(), withCode), Set.of(roles));
    }

    @Test
    void nobodySeesNothing() throws LDAPException {
        for (DN name : List.of(environment.base(), environment.people(), token(), ada.identity())) {
            assertThat(sees(null, name)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENVIRONMENT_ADMIN, false, true, false, true",
        "IDENTITY_DATA_ADMIN, true, true, true, false",
        "IDENTITY_DATA_READ_ONLY, true, true, true, false",
        "HELP_DESK, true, true, true, false",
        "CONFIGURATION_READ_ONLY, false, false, false, true",
        "AUTHENTICATOR, false, false, false, false",
        "TOKEN_MANAGER, true, true, true, false",
        "AUDITOR, true, true, true, true",
        "BACKUP, false, false, false, false",
    })
    void aRoleShowsWhatItPermitsToRead(
            Role role, boolean people, boolean tokens, boolean ownDevices, boolean applications) {
        RequestPrincipal caller = application(role);
        String id = fixture.application(UUID.randomUUID(), role).id().toString();
        DN application = new DN(new RDN(Schema.ID, id), environment.applications());
        DN device = firstBelow(environment.devices());
        assertThat(sees(caller, ada.identity())).isEqualTo(people);
        assertThat(sees(caller, token())).isEqualTo(tokens);
        assertThat(sees(caller, device)).isEqualTo(ownDevices);
        assertThat(sees(caller, application)).isEqualTo(applications);
        assertThat(sees(caller, environment.people())).isEqualTo(people || tokens || ownDevices || applications);
        assertThat(sees(caller, firstBelow(environment.enrolments()))).isFalse();
        assertThat(sees(caller, environment.enrolments())).isFalse();
        assertThat(sees(caller, environment.jobs())).isFalse();
    }

    @Test
    void aPersonSeesHimselfOnly() {
        for (boolean withCode : List.of(true, false)) {
            RequestPrincipal caller = session(ada, withCode);
            assertThat(sees(caller, ada.identity())).isTrue();
            assertThat(sees(caller, bob.identity())).isFalse();
            assertThat(sees(caller, token())).isFalse();
            assertThat(sees(caller, environment.people())).isFalse();
        }
    }

    @Test
    void aRoleCountsOnlyForWhoHasGivenACode() {
        assertThat(sees(session(bob, true, Role.HELP_DESK), ada.identity())).isTrue();
        assertThat(sees(session(bob, false, Role.HELP_DESK), ada.identity())).isFalse();
    }

    @Test
    void nothingOfAnotherEnvironmentIsSeen() {
        Environment other = new Environment(UUID.randomUUID(), stranger());
        RequestPrincipal caller = new SignedIn(other, Role.values()).caller();
        for (DN name : List.of(environment.base(), environment.people(), token(), ada.identity())) {
            assertThat(sees(caller, name)).isFalse();
            assertThat(view.maySearch(requester(caller), entry(name))).isFalse();
        }
    }

    @Test
    void aRevokedTokenIsThereForNobody() {
        Entry kept = entry(token()).duplicate(); // as while a row of a job may ask for it
        kept.setAttribute(Schema.ORIGIN, UUID.randomUUID() + " 0");
        assertThat(fixture.directory.modifyIfUnchanged(entry(token()), kept)).isTrue();
        devices.tokens.revoke(environment, fob.metadata().id());
        assertThat(fixture.directory.read(token())).isPresent();
        assertThat(sees(application(Role.values()), token())).isFalse();
    }

    @Test
    void aTokenShowsWhoHasItAndNoSecret() throws Exception {
        Entry seen = view.ofCaller(requester(application(Role.HELP_DESK)), entry(token()))
                .orElseThrow();
        assertThat(seen.getAttributeValues(EntryView.OWNER))
                .containsExactly(ada.identity().toString());
        assertThat(seen.getAttributeValue(Schema.SERIAL_NUMBER)).isEqualTo("1234567890");
        assertThat(seen.hasAttribute(Schema.HOTP_COUNTER)).isTrue();
        assertThat(seen.hasAttribute(Schema.SECRET)).isFalse();
        assertThat(entry(token()).hasAttribute(Schema.SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userPassword",
                "USERPASSWORD",
                "2.5.4.35",
                "oid.2.5.4.35",
                "userPassword;lang-de",
                "oathSecret",
                "oathboundFormer",
                "oathboundSecretHash",
                "oathboundFormerSecretHash",
                "oathboundPayload",
                "oathboundKeyCheck",
                "ds-auth-totp-shared-secret",
                "1.3.6.1.4.1.30221.2.1.896"
            })
    void hiddenIsHiddenByEveryName(String name) {
        assertThat(HiddenAttributes.isHidden(name)).isTrue();
    }

    private DN firstBelow(DN container) {
        var any = Filter.createPresenceFilter(Schema.OBJECT_CLASS);
        return dn(fixture.directory
                .page(container, any, null, 1, Order.ASCENDING)
                .entries()
                .get(0));
    }

    private static DN dn(ReadOnlyEntry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException e) {
            throw new AssertionError(e);
        }
    }

    private DN stranger() {
        return new DN(
                new RDN(Schema.ID, UUID.randomUUID().toString()),
                new DN(new RDN(Schema.OU, "Environments"), environment.base()));
    }
}
