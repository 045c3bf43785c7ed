package org.oathbound.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The applications' secrets that were right lately, so that the next request with the same one costs no slow hash. Kept is an HMAC
 * over the application's name, the hashes that are stored for it, and the secret, under a key that this process alone has. So
 * nothing that was stored anew is remembered, and a copy of the memory is worth no more than one of the stored hashes and of the
 * key. Never for passwords of people, which they choose.
 */
final class RecentSecrets {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX = 10_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final SecretKeySpec key;
    private final Cache<String, Boolean> right = Caffeine.newBuilder()
            .maximumSize(MAX)
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    RecentSecrets() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    /** @param stored as they were read for this request */
    boolean wasRight(String name, List<String> stored, String secret) {
        return right.getIfPresent(hash(name, stored, secret)) != null;
    }

    void keep(String name, List<String> stored, String secret) {
        right.put(hash(name, stored, secret), true);
    }

    private String hash(String name, List<String> stored, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            update(mac, name);
            stored.forEach(one -> update(mac, one));
            update(mac, secret);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    /** With its length in front: no two lists of texts are one. */
    private static void update(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
    }
}
