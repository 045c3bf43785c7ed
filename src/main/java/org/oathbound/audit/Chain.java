package org.oathbound.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** The keyed hash that ties each line to the one before: HMAC-SHA256 (RFC 2104), in base64url. For one thread at a time. */
final class Chain {

    static final String GENESIS = "";
    static final String HASH_PATTERN = "[A-Za-z0-9_-]{43}";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Mac mac;

    Chain(SecretKey key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    /**
     * The hash of a line.
     *
     * @param previous the hash of the line before, or {@link #GENESIS}
     * @param torn what stands between the two and is no line; empty as a rule
     * @param body the line as far as its hash
     */
    String hash(String previous, byte[] torn, byte[] body) {
        mac.update(previous.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) '\n');
        if (torn.length > 0) {
            mac.update(torn);
            mac.update((byte) '\n');
        }
        return BASE64.encodeToString(mac.doFinal(body));
    }
}
