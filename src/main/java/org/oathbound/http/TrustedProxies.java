package org.oathbound.http;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The peers whose {@code X-Forwarded-*} headers count: addresses and CIDR blocks (RFC 4632, RFC 4291), separated by
 * commas. By default none, because a peer that may set these headers chooses the address that limits and the audit use.
 */
@Singleton
public final class TrustedProxies {

    private static final Logger LOG = System.getLogger(TrustedProxies.class.getName());

    private static final Pattern ADDRESS = Pattern.compile("(?:BYTE\\.){3}BYTE|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
            .replace("BYTE", "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"));

    /** What some proxies write to an address in {@code X-Forwarded-For}: brackets around IPv6, a port behind. */
    private static final Pattern HOP = Pattern.compile("\\[([^\\]]*)](?::[0-9]+)?|([0-9.]+):[0-9]+");

    private final List<Block> blocks;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    @Inject
    TrustedProxies(@ConfigProperty(name = "oathbound.trusted-proxies") Optional<String> list) {
        this(list.orElse(""));
    }

    /** Throws {@link IllegalArgumentException} for what is neither an address nor a block. */
    public TrustedProxies(String list) {
        this.blocks = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(Block::parse)
                .toList();
    }

    /** Made now, so that what can't be read refuses the start and not each request. */
    void start(@Observes Startup event) {}

    /** Says once, of the first such request, that its headers have no effect. */
    void warnOfIgnored(HttpServletRequest request) {
        if (request.getHeader("X-Forwarded-For") != null
                && !contains(request.getRemoteAddr())
                && !hasWarned.getAndSet(true)) {
            LOG.log(
                    Level.WARNING,
                    "X-Forwarded-For is ignored, for {0} is not named in oathbound.trusted-proxies. If a proxy of yours is"
                            + " there, name it, or all its clients count as one address.",
                    request.getRemoteAddr());
        }
    }

    boolean contains(String address) {
        String withoutZone = withoutZone(address);
        if (!ADDRESS.matcher(withoutZone).matches()) {
            return false;
        }
        byte[] bytes = bytesOf(withoutZone);
        return blocks.stream().anyMatch(block -> block.contains(bytes));
    }

    /**
     * The client that a request comes from: the nearest address that is no trusted proxy.
     *
     * @param peer the address that the request was sent from
     * @param forwardedFor what {@code X-Forwarded-For} holds, each proxy's addition behind those before it
     */
    String clientBehind(String peer, String forwardedFor) {
        String client = withoutZone(peer);
        List<String> hops = List.of(forwardedFor.split(",", -1));
        for (String hop : hops.reversed()) {
            if (!contains(client)) {
                return client;
            }
            String named = HOP.matcher(hop.strip()).replaceFirst("$1$2");
            if (!isAddress(named)) {
                return client; // the proxy that wrote it answers for it
            }
            client = named;
        }
        return client;
    }

    /** What one client can choose addresses from at will: an IPv4 address, a /64 of IPv6 (RFC 6177). */
    static String networkOf(String address) {
        if (!isAddress(withoutZone(address))) {
            return address;
        }
        byte[] bytes = bytesOf(withoutZone(address));
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, Long.BYTES));
    }

    private static boolean isAddress(String text) {
        try {
            return bytesOf(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static byte[] bytesOf(String address) {
        if (!ADDRESS.matcher(address).matches()) { // a name would be asked of the DNS
            throw new IllegalArgumentException("oathbound.trusted-proxies: not an address: " + address);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("oathbound.trusted-proxies: not an address: " + address, e);
        }
    }

    private record Block(BigInteger network, int bits, int prefix) {

        static Block parse(String block) {
            int slash = block.indexOf('/');
            byte[] network = bytesOf(slash < 0 ? block : block.substring(0, slash));
            int bits = network.length * Byte.SIZE;
            int prefix = slash < 0 ? bits : Integer.parseInt(block.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("oathbound.trusted-proxies: not a block: " + block);
            }
            return new Block(new BigInteger(1, network), bits, prefix);
        }

        boolean contains(byte[] address) {
            return address.length * Byte.SIZE == bits
                    && new BigInteger(1, address)
                                    .xor(network)
                                    .shiftRight(bits - prefix)
                                    .signum()
                            == 0;
        }
    }
}
