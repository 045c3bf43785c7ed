package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.LdapListener;
import org.oathbound.ldap.Listeners;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.problem.Problem;

@DisplayName("An address binds as often as its limit allows")
@Tag("slow")
class BindLimitTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String PASSWORD = "correct horse";

    /** Of {@link #PASSWORD}, with one iteration. */
    private static final String HASH =
            "{PBKDF2-SHA512}1$MDEyMzQ1Njc4OWFiY2RlZg$PaCwVisuzby+yFxf+nKR0Ukg++gc7Yrc8hF77H+aICTdomtg2KlYHv4tx+wKE+WTVZJpthZQWVoCszK2/GWUmg";

    private static final int ENOUGH = 10_000;

    private final Heard heard = new Heard();
    private final AddressLimit limit = new AddressLimit(1);
    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private final Environments environments = new Environments(directory, directory);
    private final LdapListener listener = Listeners.limited(
            limit, directory, environments, PersonsFixture.persons(directory, deleted -> {}, Clock.systemUTC()), heard);
    private LDAPConnection client = new LDAPConnection();

    @BeforeEach
    void start() throws Exception {
        environments.createDefault(UUID.randomUUID(), "");
        Entry administrator = new Entry(new DN(ADMIN));
        administrator.addAttribute("objectClass", "organizationalRole", "simpleSecurityObject");
        administrator.addAttribute("cn", "admin");
        administrator.addAttribute("userPassword", HASH);
        directory.add(administrator);
        listener.start();
        client = new LDAPConnection("127.0.0.1", listener.port());
    }

    @AfterEach
    void stop() {
        client.close();
        listener.stop();
    }

    private LDAPException bindUntilRefused(String dn, String password, ResultCode before) {
        for (int i = 0; i < ENOUGH; i++) {
            LDAPException refused = catchThrowableOfType(LDAPException.class, () -> client.bind(dn, password));
            ResultCode code = refused == null ? ResultCode.SUCCESS : refused.getResultCode();
            if (refused != null && code.equals(ResultCode.BUSY)) {
                return refused;
            }
            assertThat(code).isEqualTo(before);
        }
        throw new AssertionError("There is no limit.");
    }

    private void useUp(String address) {
        try {
            for (int i = 0; i < ENOUGH; i++) {
                limit.take(address);
            }
        } catch (Problem.Limited e) {
            return;
        }
        throw new AssertionError("There is no limit.");
    }

    @Test
    void andIsToldToTryLater() {
        LDAPException refused = bindUntilRefused(ADMIN, PASSWORD, ResultCode.SUCCESS);
        assertThat(refused.getDiagnosticMessage()).contains("try again later");
    }

    @Test
    void whetherHeGuessesOrNot() {
        bindUntilRefused(ADMIN, "wrong", ResultCode.INVALID_CREDENTIALS);
        bindUntilRefused("", "", ResultCode.SUCCESS);
    }

    @Test
    void togetherWithWhatItAsksOverHttp() {
        useUp("127.0.0.1");
        long lines = heard.told().size();
        bindUntilRefused(ADMIN, PASSWORD, ResultCode.SUCCESS);
        assertThat(heard.told().size() - lines).as("binds, of five").isLessThan(5);
    }

    @Test
    void whateverOthersDo() throws Exception {
        useUp("127.0.0.2");
        client.bind(ADMIN, PASSWORD);
        assertThat(heard.texts()).containsExactly("ldap.bind success");
    }

    @Test
    void andIsNobodyThen() {
        bindUntilRefused(ADMIN, PASSWORD, ResultCode.SUCCESS);
        LDAPException refused = catchThrowableOfType(LDAPException.class, () -> client.getEntry(ADMIN));
        assertThat(refused.getResultCode()).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
    }

    @Test
    void andTheLineSaysNoMoreThanThat() {
        bindUntilRefused(ADMIN, PASSWORD, ResultCode.SUCCESS);
        assertThat(heard.texts()).last().isEqualTo("ldap.bind refused BUSY");
        assertThat(heard.last().event().object()).isNull();
        assertThat(heard.last().context().actor()).isEqualTo("anonymous");
        assertThat(heard.last().context().address()).isEqualTo("127.0.0.1");
    }
}
