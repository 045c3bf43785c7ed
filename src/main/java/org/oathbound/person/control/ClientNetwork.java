package org.oathbound.person.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The network that an address is in: a /24 of IPv4, a /64 of IPv6, which is what one client can choose addresses from. */
final class ClientNetwork {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_NETWORK_BYTES = 3;
    private static final int IPV6_NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /** Such as {@code 192.0.2.0/24}; empty where no address is known. */
    static Optional<String> of(@Nullable String address) {
        String literal = address == null ? "" : address.split("%", 2)[0];
        if (!ADDRESS.matcher(literal).matches()) { // a name would be asked of the DNS
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            int kept = bytes.length == IPV4_BYTES ? IPV4_NETWORK_BYTES : IPV6_NETWORK_BYTES;
            for (int i = kept; i < bytes.length; i++) {
                bytes[i] = 0;
            }
            return Optional.of(InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
