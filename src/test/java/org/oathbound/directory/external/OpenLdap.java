package org.oathbound.directory.external;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.oathbound.Machine;

/** A slapd that has our schema and base tree, loaded as docs/directory.md says. */
final class OpenLdap {

    static final String SUFFIX = "dc=example,dc=com";

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "manages";

    private final int port;
    private final Process process;
    private final LDAPConnectionPool pool;

    /** The test is skipped where there is no slapd on this machine. */
    OpenLdap(Path folder) throws IOException, LDAPException, LDIFException {
        Machine.mustHave(Files.isExecutable(PROGRAM), "slapd: apt-get install slapd");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Path configuration = folder.resolve("slapd.conf");
        Files.writeString(configuration, """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                database config
                rootdn "cn=config"
                rootpw %s
                database mdb
                suffix "%s"
                rootdn "cn=manager,%s"
                rootpw %s
                directory %s
                dbnosync
                """.formatted(
                        PASSWORD, SUFFIX, SUFFIX, PASSWORD, Files.createDirectories(folder.resolve("data"))));
        this.process = new ProcessBuilder(
                        PROGRAM.toString(), "-f", configuration.toString(), "-h", "ldap://127.0.0.1:" + port, "-d", "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .start();
        try (LDAPConnection connection = connection("cn=config")) {
            for (String name : List.of("10-oath-ldap", "20-oathbound")) {
                connection.add(schema(name));
            }
        }
        this.pool = new LDAPConnectionPool(connection("cn=manager," + SUFFIX), 4);
        for (Entry entry : read("30-base-tree.ldif")) {
            pool.add(entry);
        }
    }

    ExternalDirectory directory() throws LDAPException {
        return new ExternalDirectory(pool, new DN(SUFFIX));
    }

    void stop() throws InterruptedException {
        pool.close();
        process.destroy();
        process.waitFor();
    }

    /** The same definitions, under OpenLDAP's names. */
    private static Entry schema(String name) throws IOException, LDIFException {
        Entry schema = read(name + "-schema.ldif").getFirst();
        Entry entry = new Entry("cn=" + name + ",cn=schema,cn=config");
        entry.addAttribute("objectClass", "olcSchemaConfig");
        entry.addAttribute("cn", name);
        entry.addAttribute("olcAttributeTypes", schema.getAttributeValues("attributeTypes"));
        entry.addAttribute("olcObjectClasses", schema.getAttributeValues("objectClasses"));
        return entry;
    }

    private static List<Entry> read(String file) throws IOException, LDIFException {
        return LDIFReader.readEntries("ldif/" + file);
    }

    private LDAPConnection connection(String name) throws LDAPException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return new LDAPConnection("127.0.0.1", port, name, PASSWORD);
            } catch (LDAPException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }
}
