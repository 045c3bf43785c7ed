package org.oathbound.it;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.oathbound.Machine;

/** Debian's OpenLDAP as somebody's corporate directory, on a port of this machine. It may be stopped and started again. */
final class Slapd implements AutoCloseable {

    static final String BASE = "dc=corp,dc=test";
    static final String PASSWORD = "hunter2 hunter2";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String MANAGER = "cn=manager," + BASE;
    private static final String READER = "cn=reader," + BASE;
    private static final String READS = "reads-and-nothing-else";
    private static final String MANAGES = "manages-all-of-it";

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /** An empty one; the test is skipped where there is none on this machine. */
    static Slapd start(Path folder) {
        Machine.mustHave(Files.isExecutable(program()), "slapd: apt-get install slapd");
        Slapd slapd = new Slapd(folder);
        slapd.start();
        try {
            slapd.add("dn: " + BASE, "objectClass: organization", "objectClass: dcObject", "o: Corp", "dc: corp");
            slapd.add("dn: ou=Staff," + BASE, "objectClass: organizationalUnit", "ou: Staff");
            slapd.add("dn: ou=Abroad," + BASE, "objectClass: organizationalUnit", "ou: Abroad");
            slapd.add(
                    "dn: " + READER,
                    "objectClass: organizationalRole",
                    "objectClass: simpleSecurityObject",
                    "cn: reader",
                    "userPassword: " + READS);
            return slapd;
        } catch (LDAPException e) {
            slapd.close();
            throw new IllegalStateException(e);
        }
    }

    private Slapd(Path folder) {
        this.folder = folder;
        this.port = ServerProcess.freePort();
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(folder.resolve("slapd.conf"), """
                    include /etc/ldap/schema/core.schema
                    include /etc/ldap/schema/cosine.schema
                    include /etc/ldap/schema/inetorgperson.schema
                    modulepath /usr/lib/ldap
                    moduleload back_mdb
                    database mdb
                    suffix "%s"
                    rootdn "%s"
                    rootpw %s
                    directory %s
                    index objectClass,uid,entryUUID eq
                    access to attrs=userPassword by anonymous auth by * none
                    access to * by dn.exact="%s" read by * none
                    """.formatted(
                            BASE, MANAGER, MANAGES, folder.resolve("data"), READER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        return Path.of("/usr/sbin/slapd");
    }

    /** What tells the product of it, as its default environment's. */
    Map<String, String> environment() {
        Confidential.note(Confidential.Kind.PASSWORD, READS);
        Confidential.note(Confidential.Kind.PASSWORD, PASSWORD);
        return Map.of(
                "OATHBOUND_PEOPLE_URL",
                url(),
                "OATHBOUND_PEOPLE_BIND_DN",
                READER,
                "OATHBOUND_PEOPLE_PASSWORD",
                READS,
                "OATHBOUND_PEOPLE_BASE_DN",
                BASE);
    }

    static String name(String uid) {
        return "uid=" + uid + ",ou=Staff," + BASE;
    }

    /** Takes somebody on; the answer is the id that the directory gives. */
    UUID hire(String uid) throws LDAPException {
        add(
                "dn: " + name(uid),
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: Lovelace",
                "mail: " + uid + "@corp.test",
                "userPassword: " + PASSWORD);
        try (LDAPConnection manager = manager()) {
            return UUID.fromString(manager.getEntry(name(uid), "entryUUID").getAttributeValue("entryUUID"));
        }
    }

    /** Bound as whoever may do everything there. */
    LDAPConnection manager() throws LDAPException {
        LDAPConnection connection = new LDAPConnection("127.0.0.1", port);
        connection.bind(MANAGER, MANAGES);
        return connection;
    }

    void start() {
        try {
            process = new ProcessBuilder(
                            program().toString(),
                            "-f",
                            folder.resolve("slapd.conf").toString(),
                            "-h",
                            url() + "/",
                            "-d",
                            "0")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("slapd.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Instant end = Instant.now().plus(PATIENCE);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("slapd does not answer; see " + folder.resolve("slapd.log"));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    void stop() {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void add(String... ldif) throws LDAPException {
        try (LDAPConnection manager = manager()) {
            manager.add(ldif);
        } catch (LDIFException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private boolean answers() {
        try (LDAPConnection manager = manager()) {
            return manager.isConnected();
        } catch (LDAPException e) {
            return false;
        }
    }

    private String url() {
        return "ldap://127.0.0.1:" + port;
    }
}
