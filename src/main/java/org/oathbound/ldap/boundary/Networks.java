package org.oathbound.ldap.boundary;

import java.net.InetAddress;
import org.oathbound.http.AddressLimit;

/** What counts as one address, at this interface as over HTTP. */
public final class Networks {

    private Networks() {}

    public static String of(InetAddress address) {
        return AddressLimit.networkOf(address.getHostAddress());
    }
}
