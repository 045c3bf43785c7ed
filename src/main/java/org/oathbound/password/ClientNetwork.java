package org.oathbound.password;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a client's address is. Nobody else can be told apart from a client by less than its network.
 *
 * @param one what one client can choose addresses from at will: such as {@code 192.0.2.7/32}, or a /64 of IPv6 (RFC 6177)
 * @param network a /24 of IPv4, a /64 of IPv6
 * @param site what one organization usually has: a /24 of IPv4, a /48 of IPv6
 */
public record ClientNetwork(String one, String network, String site) {

    /** Where no address is known. */
    public static final ClientNetwork UNKNOWN = new ClientNetwork("", "", "");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int IPV4_BYTES = 4;

    /** The network of an address; empty where it is none. */
    public static Optional<ClientNetwork> of(@Nullable String address) {
        String literal = address == null ? "" : address.split("%", 2)[0];
        if (!ADDRESS.matcher(literal).matches()) { // a name would be asked of the DNS
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(literal).getAddress();
            return Optional.of(
                    bytes.length == IPV4_BYTES
                            ? new ClientNetwork(block(bytes, 4), block(bytes, 3), block(bytes, 3))
                            : new ClientNetwork(block(bytes, 8), block(bytes, 8), block(bytes, 6)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String block(byte[] address, int kept) throws UnknownHostException {
        byte[] first = address.clone();
        Arrays.fill(first, kept, first.length, (byte) 0);
        return InetAddress.getByAddress(first).getHostAddress() + "/" + kept * Byte.SIZE;
    }
}
