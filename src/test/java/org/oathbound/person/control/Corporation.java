package org.oathbound.person.control;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.util.ssl.PEMFileKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.oathbound.tls.PemPair;

/** Somebody else's directory, on a port of this machine: who binds there and what is searched for is written down. */
public final class Corporation implements AutoCloseable {

    public static final String BASE = "dc=corp,dc=test";
    public static final String PASSWORD = "hunter2 hunter2";

    private static final String READER = "cn=reader," + BASE;

    /** The names that were bound as, but for the reader's, each with its connection. */
    public final List<String> binds = new CopyOnWriteArrayList<>();

    /** The filters that were searched by, each with its connection. */
    public final List<String> searches = new CopyOnWriteArrayList<>();

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final String scheme;
    private final InMemoryDirectoryServer server;
    private final int port;

    public Corporation() throws Exception {
        this("ldap://127.0.0.1:", InMemoryListenerConfig.createLDAPConfig("corp", LOOPBACK, 0, null));
    }

    /** One that speaks TLS, as {@code localhost}, whatever its certificate says. */
    public static Corporation secure(String certified, Path folder) throws Exception {
        PemPair pair = PemPair.ec(certified).write(folder);
        SSLUtil tls = new SSLUtil(
                new PEMFileKeyManager(
                        pair.certificateIn(folder).toFile(), pair.keyIn(folder).toFile()),
                null);
        return new Corporation(
                "ldaps://localhost:",
                InMemoryListenerConfig.createLDAPSConfig(
                        "corp", LOOPBACK, 0, tls.createSSLServerSocketFactory(), null));
    }

    private Corporation(String scheme, InMemoryListenerConfig listener) throws Exception {
        this.scheme = scheme;
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(listener);
        config.addAdditionalBindCredentials(READER, "reads");
        config.addInMemoryOperationInterceptor(new Observer());
        server = new InMemoryDirectoryServer(config);
        server.add("dn: " + BASE, "objectClass: domain", "dc: corp");
        server.add("dn: ou=Staff," + BASE, "objectClass: organizationalUnit", "ou: Staff");
        server.add("dn: ou=Left," + BASE, "objectClass: organizationalUnit", "ou: Left");
        server.startListening();
        port = server.getListenPort();
    }

    /** What makes it the default environment's. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("oathbound.people.url", scheme + port);
        properties.put("oathbound.people.bind-dn", READER);
        properties.put("oathbound.people.password", "reads");
        properties.put("oathbound.people.base-dn", BASE);
        return properties;
    }

    /** Takes somebody on; the id that the directory gives is the answer. */
    public UUID hire(String uid) throws LDAPException, LDIFException {
        String name = dn(uid);
        server.add(
                "dn: " + name,
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: Lovelace",
                "givenName: Ada",
                "mail: " + uid + "@corp.test",
                "userPassword: " + PASSWORD);
        return UUID.fromString(server.getEntry(name, "entryUUID").getAttributeValue("entryUUID"));
    }

    public static String dn(String uid) {
        return "uid=" + uid + ",ou=Staff," + BASE;
    }

    public InMemoryDirectoryServer server() {
        return server;
    }

    public void stop() {
        server.shutDown(true);
    }

    public void startAgain() throws LDAPException {
        server.startListening();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Observer extends InMemoryOperationInterceptor {

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
            if (!DN.equals(request.getRequest().getBindDN(), READER)) {
                binds.add(request.getConnectionID() + " " + request.getRequest().getBindDN());
            }
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
            searches.add(request.getConnectionID() + " " + request.getRequest().getFilter());
        }
    }
}
