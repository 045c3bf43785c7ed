package org.oathbound.token.entity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A token's id: the UUID of version 5 (RFC 9562 section 5.5) in the environment's namespace, of its serial number in
 * upper case. So one serial number has one DN, and the directory itself keeps it unique.
 */
public record TokenId(UUID value) {

    public static TokenId of(UUID environment, SerialNumber serialNumber) {
        return new TokenId(version5(environment, serialNumber.canonical()));
    }

    /** RFC 9562 section 5.5, for names in ASCII. */
    static UUID version5(UUID namespace, String name) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.US_ASCII)));
        long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is part of every Java", e);
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
