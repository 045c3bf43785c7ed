package org.oathbound.ldap.boundary;

import java.net.InetAddress;
import org.oathbound.http.AddressLimit;

/** The networks that count as one address, at this interface as over HTTP. */
public final class Networks {

    private Networks() {}

    public static String of(InetAddress address) {
        return AddressLimit.networkOf(address.getHostAddress());
    }
}
