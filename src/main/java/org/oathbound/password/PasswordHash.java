package org.oathbound.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as they are stored: {@code {PBKDF2-SHA512}iterations$salt$hash}, salt and hash in Base64 (RFC 8018 section
 * 5.2). What is hashed is the password in Unicode's form NFC (RFC 8265 section 4.2): one keyboard sends {@code ë} as one
 * character, another as two.
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

    /**
     * Hashes a password that shall be good beside another one for a while, with that one's salt: so one hash tells whether a
     * password is either of them ({@link #isAnyOf}).
     *
     * @param other as it is stored
     */
    static String beside(String other, String password) {
        Stored stored = Stored.parse(other);
        return stored(
                stored.iterations,
                Base64.getDecoder().decode(stored.salt),
                stored.hash(composed(password), PasswordHash::hash));
    }

    static String of(String password, int iterations) {
        byte[] salt = random(SALT_BYTES);
        return stored(iterations, salt, hash(composed(password), salt, iterations));
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
        return isAnyOf(List.of(stored), password);
    }

    /**
     * Whether this is one of the passwords that were stored; a stored value of another scheme is none. Takes one hash where
     * those that are stored have one salt, and where nothing is stored; a second one for a password that is not composed, which
     * earlier versions have hashed as it was given.
     */
    static boolean isAnyOf(List<String> stored, String password) {
        String composed = composed(password);
        boolean isRight = isAnyOf(stored, composed, PasswordHash::hash);
        return composed.equals(password) ? isRight : isAnyOf(stored, password, PasswordHash::hash) || isRight;
    }

    private static String composed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** How a password is hashed. */
    interface Hashing {
        byte[] hash(String password, byte[] salt, int iterations);
    }

    static boolean isAnyOf(List<String> stored, String password, Hashing hashing) {
        List<Stored> known = (stored.isEmpty() ? List.of(NOBODY) : stored)
                .stream()
                        .filter(text -> text.startsWith(SCHEME))
                        .map(Stored::parse)
                        .toList();
        boolean isEqual = false;
        for (int i = 0; i < known.size(); i++) {
            Stored one = known.get(i);
            if (known.subList(0, i).stream().noneMatch(one::hasSaltOf)) {
                byte[] computed = one.hash(password, hashing);
                for (Stored other : known) {
                    isEqual |= one.hasSaltOf(other) && other.is(computed);
                }
            }
        }
        // HMAC fills a short key up with zeros (RFC 2104 section 2): a password with NULs behind it has the hash of the
        // password.
        return isEqual && !stored.isEmpty() && password.indexOf('\0') < 0;
    }

    /** What a stored text says; salt and hash in Base64. */
    private record Stored(int iterations, String salt, String hash) {

        static Stored parse(String text) {
            String[] parts = text.substring(SCHEME.length()).split("\\$", -1);
            return new Stored(Integer.parseInt(parts[0]), parts[1], parts[2]);
        }

        boolean hasSaltOf(Stored other) {
            return iterations == other.iterations && salt.equals(other.salt);
        }

        byte[] hash(String password, Hashing hashing) {
            return hashing.hash(password, Base64.getDecoder().decode(salt), iterations);
        }

        boolean is(byte[] computed) {
            return MessageDigest.isEqual(Base64.getDecoder().decode(hash), computed);
        }
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
