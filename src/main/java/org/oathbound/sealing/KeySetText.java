package org.oathbound.sealing;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key set as text, a JWK set (RFC 7517), and new keys for one. */
final class KeySetText {

    private static final int SECRET_KEY_BITS = 256;
    private static final int RSA_KEY_BITS = 2048;

    private KeySetText() {}

    /** A whole key set; {@link IllegalStateException}, whose message has nothing of the text, when it is none. */
    static JWKSet parse(String json, KeySource source) {
        JWKSet keys;
        try {
            keys = JWKSet.parse(json);
        } catch (ParseException | RuntimeException e) {
            // Without the cause: a parser's message can quote what it read.
            throw new IllegalStateException("The key set " + source + " is not a JWK set.");
        }
        require(keys, KeySet.SEALING, OctetSequenceKey.class, SECRET_KEY_BITS, source);
        require(keys, KeySet.FINGERPRINT, OctetSequenceKey.class, SECRET_KEY_BITS, source);
        require(keys, KeySet.SIGNING, RSAKey.class, RSA_KEY_BITS, source);
        return keys;
    }

    private static void require(JWKSet keys, Algorithm purpose, Class<? extends JWK> type, int bits, KeySource source) {
        List<JWK> found = keys.getKeys().stream()
                .filter(key -> purpose.equals(key.getAlgorithm()))
                .toList();
        boolean usable = found.stream()
                .allMatch(
                        key -> type.isInstance(key) && key.isPrivate() && key.getKeyID() != null && key.size() >= bits);
        if (found.isEmpty() || !usable) {
            throw new IllegalStateException("The key set " + source + " needs a key with alg " + purpose
                    + ", a kid and " + bits + " bits or more.");
        }
        if (found.stream().map(JWK::getKeyID).distinct().count() < found.size()) {
            throw new IllegalStateException(
                    "The key set " + source + " has two keys with alg " + purpose + " and one kid.");
        }
    }

    /** What a first start makes. */
    static JWKSet fresh() {
        return new JWKSet(
                List.of(sealing(null), octets(KeyUse.SIGNATURE, KeySet.FINGERPRINT, null), signing(null, null)));
    }

    /** @param now when it was made; the first keys don't say */
    static OctetSequenceKey sealing(@Nullable Instant now) {
        return octets(KeyUse.ENCRYPTION, KeySet.SEALING, now);
    }

    private static OctetSequenceKey octets(KeyUse use, Algorithm purpose, @Nullable Instant now) {
        try {
            return new OctetSequenceKeyGenerator(SECRET_KEY_BITS)
                    .keyUse(use)
                    .algorithm(purpose)
                    .keyID(newKeyId())
                    .issueTime(date(now))
                    .generate();
        } catch (JOSEException e) {
            throw impossible(e);
        }
    }

    /** @param signsFrom before that it is published, and no more */
    static RSAKey signing(@Nullable Instant now, @Nullable Instant signsFrom) {
        try {
            return new RSAKeyGenerator(RSA_KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(KeySet.SIGNING)
                    .keyID(newKeyId())
                    .issueTime(date(now))
                    .notBeforeTime(date(signsFrom))
                    .generate();
        } catch (JOSEException e) {
            throw impossible(e);
        }
    }

    @Nullable
    static Date date(@Nullable Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static String newKeyId() {
        return UUID.randomUUID().toString();
    }

    private static IllegalStateException impossible(JOSEException e) {
        return new IllegalStateException("AES, HMAC and RSA keys are part of every Java", e);
    }
}
