package org.oathbound.seedfile.control;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key from a password: PBKDF2 (RFC 8018 section 5.2), as RFC 6030 section 6.2 asks for it.
 *
 * @param salt in Base64
 * @param keyBytes 16, 24 or 32
 */
record PskcDerivation(PskcMac mac, String salt, int iterations, int keyBytes) {

    static final String PKCS5 = "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#";
    static final String PBKDF2 = PKCS5 + "pbkdf2";

    /** A minute's work or so; a file that asks for more is meant to keep us busy. */
    static final int MAX_ITERATIONS = 10_000_000;

    private static final String TARGET = "secret";
    private static final int MAX_SALT_BYTES = 1024;
    private static final Set<Integer> KEY_BYTES = Set.of(16, 24, 32);
    private static final Set<String> METHODS = Set.of(PBKDF2, PskcCipher.XENC11 + "pbkdf2");

    /** Reads a {@code KeyDerivationMethod}, and names what is wrong with it. */
    static PskcDerivation read(PskcElement method) {
        if (!METHODS.contains(PskcFault.orEmpty(method.attribute("Algorithm")))) {
            throw PskcFault.of(TARGET, "The file derives its key in a way other than PBKDF2.");
        }
        PskcElement parameters = first(method, "PBKDF2-params");
        PskcElement salt = first(first(parameters, "Salt"), "Specified");
        int iterations = number(first(parameters, "IterationCount"));
        int keyBytes = number(first(parameters, "KeyLength"));
        if (salt == null || salt.text().isEmpty() || iterations < 1) {
            throw PskcFault.of(TARGET, "The file does not give PBKDF2 a specified salt and a number of iterations.");
        }
        if (iterations > MAX_ITERATIONS) {
            throw PskcFault.of(TARGET, "The file asks PBKDF2 for more than " + MAX_ITERATIONS + " iterations.");
        }
        if (!KEY_BYTES.contains(keyBytes)) {
            throw PskcFault.of(TARGET, "A key of AES has 16, 24 or 32 bytes; the file does not derive one.");
        }
        if (PskcFault.base64(TARGET, salt).length > MAX_SALT_BYTES) {
            throw PskcFault.of(TARGET, "The salt is longer than " + MAX_SALT_BYTES + " bytes.");
        }
        return new PskcDerivation(mac(first(parameters, "PRF")), salt.text(), iterations, keyBytes);
    }

    SecretKey derive(String password) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(
                password.toCharArray(), Base64.getMimeDecoder().decode(salt), iterations, keyBytes * Byte.SIZE);
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + mac.javaName())
                    .generateSecret(spec)
                    .getEncoded();
            return new SecretKeySpec(key, "AES");
        } finally {
            spec.clearPassword();
        }
    }

    /** HMAC-SHA-1 unless it says otherwise (RFC 8018 appendix A.2); some writers say it as text. */
    private static PskcMac mac(@Nullable PskcElement function) {
        String said = function == null ? "" : PskcFault.orEmpty(function.attribute("Algorithm"));
        String uri = said.isEmpty() && function != null ? function.text() : said;
        PskcMac mac = uri.isEmpty() ? new PskcMac("HmacSHA1") : PskcMac.of(uri);
        if (mac == null) {
            throw PskcFault.of(TARGET, "The file derives its key with a function that is not supported.");
        }
        return mac;
    }

    /** Whatever its namespace: PKCS #5's schema has them in none, and writers put them into their parent's. */
    private static @Nullable PskcElement first(@Nullable PskcElement parent, String name) {
        return parent == null
                ? null
                : parent.children().stream()
                        .filter(child -> child.name().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    /** Nought when it is none; what is too long is as large as can be. */
    private static int number(@Nullable PskcElement element) {
        if (element == null || !element.text().matches("[0-9]+")) {
            return 0;
        }
        return element.text().length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(element.text());
    }
}
