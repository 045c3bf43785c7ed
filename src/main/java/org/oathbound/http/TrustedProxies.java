package org.oathbound.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The peers whose {@code X-Forwarded-*} headers count: addresses and CIDR blocks (RFC 4632, RFC 4291), in commas. */
final class TrustedProxies {

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<Block> blocks;

    /** Throws {@link IllegalArgumentException} for what is neither an address nor a block. */
    TrustedProxies(String list) {
        this.blocks = Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .map(Block::parse)
                .toList();
    }

    boolean contains(String address) {
        int zone = address.indexOf('%');
        String withoutZone = zone < 0 ? address : address.substring(0, zone);
        if (!ADDRESS.matcher(withoutZone).matches()) {
            return false;
        }
        byte[] bytes = bytesOf(withoutZone);
        return blocks.stream().anyMatch(block -> block.contains(bytes));
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
