package org.oathbound.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as they are stored: {@code {PBKDF2-SHA512}iterations$salt$hash}, salt and hash in Base64 (RFC 8018 section
 * 5.2).
 */
public final class PasswordHash {

    private static final String SCHEME = "{PBKDF2-SHA512}";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The hash that a password is compared with when there is no account, so that it costs the same. */
    private static final String NOBODY = nobody();

    private PasswordHash() {}

    /** Hashes a password with a new salt. */
    public static String of(String password) {
        return of(password, ITERATIONS);
    }

    static String of(String password, int iterations) {
        byte[] salt = random(SALT_BYTES);
        return stored(iterations, salt, hash(password, salt, iterations));
    }

    /** A hash of no password: random bytes, because computing one would add a second to each start. */
    private static String nobody() {
        return stored(ITERATIONS, random(SALT_BYTES), random(HASH_BYTES));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String stored(int iterations, byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return SCHEME + iterations + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** Whether this is the password that was stored; false too for a stored value of another scheme. */
    public static boolean matches(String stored, String password) {
        if (!stored.startsWith(SCHEME)) {
            return false;
        }
        String[] parts = stored.substring(SCHEME.length()).split("\\$", -1);
        Base64.Decoder base64 = Base64.getDecoder();
        byte[] computed = hash(password, base64.decode(parts[1]), Integer.parseInt(parts[0]));
        return MessageDigest.isEqual(base64.decode(parts[2]), computed);
    }

    /** Takes as long as {@link #matches} and says no. */
    public static boolean matchesNobody(String password) {
        matches(NOBODY, password);
        return false;
    }

    private static byte[] hash(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2WithHmacSHA512 is part of every Java", e);
        } finally {
            spec.clearPassword();
        }
    }
}
