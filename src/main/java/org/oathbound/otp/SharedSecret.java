package org.oathbound.otp;

import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret K that a token and its verifier share (RFC 4226, section 5.1). Of any length but zero: how many bits are
 * enough is for the caller to say, by {@link #bits()}.
 */
public final class SharedSecret {

    private final byte[] bytes;

    private SharedSecret(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("A secret has at least one byte.");
        }
        this.bytes = bytes;
    }

    /** The secret of these bytes, which are copied. */
    public static SharedSecret ofBytes(byte[] bytes) {
        return new SharedSecret(bytes.clone());
    }

    /**
     * The secret that these hexadecimal digits write, in upper or lower case.
     *
     * @throws IllegalArgumentException if there is none, an odd number of them, or a character that is none; the message
     *     names the place, never the text
     */
    public static SharedSecret ofHex(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            if (!HexFormat.isHexDigit(hex.charAt(i))) {
                throw new IllegalArgumentException("Character " + (i + 1) + " is not a hexadecimal digit.");
            }
        }
        if (hex.length() % 2 != 0) {
            throw new IllegalArgumentException("An odd number of hexadecimal digits, " + hex.length() + ".");
        }
        return new SharedSecret(HexFormat.of().parseHex(hex));
    }

    /** A copy of the secret in the clear, to be sealed for storage or shown to the one who enrols. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The length in bits, a multiple of eight. */
    public int bits() {
        return bytes.length * Byte.SIZE;
    }

    SecretKey key(String algorithm) {
        return new SecretKeySpec(bytes, algorithm);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SharedSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** The same for all secrets, for one that depended on the bytes would tell of them. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "SharedSecret[redacted]";
    }
}
