package org.oathbound.ldap;

import java.time.Duration;
import java.util.Optional;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Persons;

/** LDAP listeners as tests want them. */
public final class Listeners {

    private Listeners() {}

    /** Without a certificate, on some port of the loopback. */
    public static LdapListener plain(Directory directory, Environments environments, Persons persons, Audit audit) {
        LdapTransport transport =
                new LdapTransport(Optional.empty(), Optional.empty(), "127.0.0.1", Duration.ofMinutes(10));
        return new LdapListener(directory, environments, persons, audit, transport, 0, "127.0.0.1");
    }
}
