package org.oathbound.ldap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.oathbound.audit.Audit;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.boundary.LdapRequestHandlerFactory;
import org.oathbound.ldap.boundary.LdapRequestHandlerFactoryFixture;
import org.oathbound.person.control.Persons;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

/** LDAP listeners as tests want them. */
public final class Listeners {

    /** Of those who seal nothing. */
    private static final Seals SEALS = new Seals(KeySets.in(folder()));

    private Listeners() {}

    /** Without a certificate, on some port of the loopback. */
    public static LdapListener plain(
            WholeDirectory directory, Environments environments, Persons persons, Audit audit) {
        return limited(new AddressLimit(0), directory, environments, persons, audit);
    }

    /** Where an address binds no more often than it may. */
    public static LdapListener limited(
            AddressLimit limit, WholeDirectory directory, Environments environments, Persons persons, Audit audit) {
        return plain(LdapRequestHandlerFactoryFixture.interfaces(
                directory, environments, persons, SEALS, Clock.systemUTC(), audit, limit));
    }

    /** Without a certificate, on some port of the loopback. */
    public static LdapListener plain(LdapRequestHandlerFactory interfaces) {
        LdapTransport transport = new LdapTransport(
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1",
                ConnectionTimeouts.of(Duration.ofMinutes(10), Duration.ofSeconds(30)));
        return new LdapListener(interfaces, transport, 0, "127.0.0.1");
    }

    /** Opened as often as anybody likes. */
    static LdapRequestHandlerFactory interfaces(
            WholeDirectory directory, Environments environments, Persons persons, Audit audit) {
        return LdapRequestHandlerFactoryFixture.interfaces(
                directory, environments, persons, SEALS, Clock.systemUTC(), audit, new AddressLimit(0));
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("oathbound-listeners");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
