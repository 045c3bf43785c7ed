package org.oathbound.ldap.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

@DisplayName("What a client may ask of the root DSE and the schema before it binds is bounded")
@Tag("slow")
class PublicEntriesTest {

    private static final String SUFFIX = "dc=example,dc=com";
    private static final int ENOUGH = 200;

    private static final class Ignored implements AsyncSearchResultListener {

        @Override
        public void searchResultReceived(AsyncRequestID id, SearchResult result) {}

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {}

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {}
    }

    private final Heard heard = new Heard();
    private final WholeDirectory directory = Directories.fresh(SUFFIX);
    private @Nullable LdapListener listener;
    private LDAPConnection client = new LDAPConnection();

    private void start(int requestsPerSecond) throws Exception {
        Environments environments = new Environments(directory, directory);
        environments.createDefault(UUID.randomUUID(), "");
        LdapListener started = Listeners.limited(
                new AddressLimit(requestsPerSecond),
                directory,
                environments,
                PersonsFixture.persons(directory, deleted -> {}, Clock.systemUTC()),
                heard);
        listener = started;
        started.start();
        client = new LDAPConnection("127.0.0.1", started.port());
    }

    @AfterEach
    void stop() {
        client.close();
        if (listener != null) {
            listener.stop();
        }
    }

    private ResultCode search(String base, String filter) {
        LDAPException refused = catchThrowableOfType(
                LDAPException.class, () -> client.search(base, SearchScope.BASE, filter, "objectClass"));
        return refused == null ? ResultCode.SUCCESS : refused.getResultCode();
    }

    private int searchesUntilBusy(String base) {
        for (int i = 0; i < ENOUGH; i++) {
            ResultCode code = search(base, "(objectClass=*)");
            if (code.equals(ResultCode.BUSY)) {
                return i;
            }
            assertThat(code).isEqualTo(ResultCode.SUCCESS);
        }
        throw new AssertionError("There is no limit.");
    }

    @Test
    void byTheLimitOfTheAddress() throws Exception {
        start(2);
        assertThat(searchesUntilBusy("")).isBetween(10, 20);
        assertThat(heard.texts()).containsExactly("ldap.refused refused BUSY");
        assertThat(heard.networks()).containsExactly("7f000001");
        assertThat(catchThrowableOfType(LDAPException.class, () -> client.bind("uid=nobody," + SUFFIX, "guess"))
                        .getResultCode())
                .as("who reads uses up no bind")
                .isEqualTo(ResultCode.INVALID_CREDENTIALS);
    }

    @Test
    void whoeverAsksOnWithoutReadingIsAnsweredSlowlyAndCutOff() throws Exception {
        start(1);
        List<AsyncRequestID> asked = new ArrayList<>();
        for (int i = 0; i < ENOUGH; i++) {
            asked.add(client.asyncSearch(new SearchRequest(new Ignored(), "", SearchScope.BASE, "(objectClass=*)")));
        }
        Thread.sleep(1_000);
        assertThat(asked.stream().filter(Future::isDone)).hasSizeBetween(1, ENOUGH / 4);
        for (int tenths = 0; tenths < 100 && client.isConnected(); tenths++) {
            Thread.sleep(100);
        }
        assertThat(client.isConnected()).isFalse();
    }

    @Test
    void andForTheSchemaByANarrowerOne() throws Exception {
        start(0);
        assertThat(searchesUntilBusy("cn=schema")).isBetween(50, 150);
        assertThat(search("", "(objectClass=*)")).isEqualTo(ResultCode.SUCCESS);
    }

    @Test
    void andByTheSizeOfTheFilter() throws Exception {
        start(0);
        String part = "(objectClass=top)";
        assertThat(search("cn=schema", "(|" + part.repeat(9) + ")")).isEqualTo(ResultCode.SUCCESS);
        assertThat(search("cn=schema", "(|" + part.repeat(10) + ")")).isEqualTo(ResultCode.ADMIN_LIMIT_EXCEEDED);
    }
}
