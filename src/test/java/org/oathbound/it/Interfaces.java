package org.oathbound.it;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;

/**
 * The interfaces of one server, opened once for all clients: to check a password costs more than a thousand reads.
 *
 * @param writing for LDAP clients that write, and for what is verified after a start
 * @param reading for LDAP clients that read meanwhile: a server takes one request of a connection after the other
 */
record Interfaces(Oathbound http, LDAPConnection writing, LDAPConnection reading) {

    static Interfaces open(ServerProcess server) throws LDAPException {
        Oathbound http = server.oathbound();
        return new Interfaces(http, http.ldap(), http.ldap());
    }
}
