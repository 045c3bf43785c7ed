package org.oathbound.ldap;

import java.time.Duration;
import java.util.Optional;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.directory.SlowHash;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.boundary.Binds;
import org.oathbound.person.control.Persons;

/** LDAP listeners as tests want them. */
public final class Listeners {

    private Listeners() {}

    /** Without a certificate, on some port of the loopback. */
    public static LdapListener plain(Directory directory, Environments environments, Persons persons, Audit audit) {
        return limited(new AddressLimit(0), directory, environments, persons, audit);
    }

    /** Where an address binds no more often than it may. */
    public static LdapListener limited(
            AddressLimit limit, Directory directory, Environments environments, Persons persons, Audit audit) {
        LdapTransport transport =
                new LdapTransport(Optional.empty(), Optional.empty(), "127.0.0.1", Duration.ofMinutes(10));
        return new LdapListener(
                directory,
                environments,
                persons,
                audit,
                new Binds(directory, new SlowHash(), limit),
                transport,
                0,
                "127.0.0.1");
    }

    /** Binds as often as anybody likes. */
    static Binds binds(Directory directory) {
        return new Binds(directory, new SlowHash(), new AddressLimit(0));
    }
}
