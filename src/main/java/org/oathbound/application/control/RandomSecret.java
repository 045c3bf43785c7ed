package org.oathbound.application.control;

import java.security.SecureRandom;
import java.util.Base64;

/** Values that can't be guessed: 256 random bits in base64url (RFC 4648 section 5). */
public final class RandomSecret {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomSecret() {}

    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
