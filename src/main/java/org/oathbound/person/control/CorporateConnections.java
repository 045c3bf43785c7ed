package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLUtil;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The connections to a corporate directory: a pool that reads, opened when they are needed, and one for each password. A few
 * at once, and none for longer than five seconds: a directory that hangs holds up those alone who live in it.
 */
final class CorporateConnections implements AutoCloseable {

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final int MAX_READING = 16;
    private static final int MAX_BINDING = 16;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final ServerSet servers;
    private final LDAPConnectionPool reading;
    private final Semaphore binding = new Semaphore(MAX_BINDING, true);

    /** Does not connect yet. */
    CorporateConnections(CorporateSettings settings) {
        servers = new FailoverServerSet(settings.urls().stream()
                .map(url -> server(url, settings.trust()))
                .toArray(ServerSet[]::new));
        SimpleBindRequest reader = settings.bindDn() == null
                ? new SimpleBindRequest()
                : new SimpleBindRequest(settings.bindDn(), settings.password());
        try {
            reading = new LDAPConnectionPool(servers, reader, 0, MAX_READING, null, false);
        } catch (LDAPException e) {
            throw new IllegalStateException("A pool without connections can't be made", e);
        }
        reading.setConnectionPoolName("corporate directory");
        reading.setMaxWaitTimeMillis(PATIENCE_MILLIS);
        reading.setCreateIfNecessary(false);
        reading.setMaxConnectionAgeMillis(MAX_AGE.toMillis());
        reading.setRetryFailedOperationsDueToInvalidConnections(true);
    }

    SearchResult search(SearchRequest request) throws LDAPSearchException {
        return reading.search(request);
    }

    /** The result of a bind at the first server that can be reached; no other is asked. */
    ResultCode bind(DN name, String password) throws LDAPException {
        try {
            if (!binding.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new LDAPException(ResultCode.BUSY, "Too many passwords are being checked at once.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LDAPException(ResultCode.USER_CANCELED, "The service is stopping.", e);
        }
        try (LDAPConnection connection = servers.getConnection()) {
            return connection.bind(name.toString(), password).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        } finally {
            binding.release();
        }
    }

    @Override
    public void close() {
        reading.close();
    }

    private static ServerSet server(LDAPURL url, X509TrustManager trust) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(ANSWER_MILLIS);
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        boolean isSecure = url.getScheme().equals("ldaps");
        return new SingleServerSet(
                url.getHost(), url.getPort(), isSecure ? secure(trust) : SocketFactory.getDefault(), options);
    }

    private static SocketFactory secure(X509TrustManager trust) {
        try {
            return new SSLUtil(trust).createSSLSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be used", e);
        }
    }
}
