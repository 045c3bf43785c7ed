package org.oathbound.otp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Secrets for tests: each serial number has one of its own, for no two living tokens may have the same. */
public final class Secrets {

    /** The secret of RFC 4226, appendix D. */
    public static final SharedSecret RFC_4226 = SharedSecret.ofHex("3132333435363738393031323334353637383930");

    private Secrets() {}

    /** 20 bytes that no other serial number has. */
    public static SharedSecret of(String serialNumber) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(serialNumber.getBytes(StandardCharsets.US_ASCII));
            return SharedSecret.ofBytes(Arrays.copyOf(hash, 20));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in the form of an API's {@code secret}. */
    public static String hex(String serialNumber) {
        return HexFormat.of().formatHex(of(serialNumber).bytes());
    }

    /** What such a token of six digits and SHA-1 shows. */
    public static Passcode code(String serialNumber, long movingFactor) {
        return new Hotp(of(serialNumber), HashAlgorithm.SHA_1, 6).generate(movingFactor);
    }
}
