package org.oathbound.sealing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a rotation makes of a key set. Each step leaves one that a start can go on with. */
final class KeyChange {

    private KeyChange() {}

    /** With another key that seals; the others still open. */
    static JWKSet withSealing(OctetSequenceKey key, JWKSet set) {
        return with(key, set.getKeys(), set);
    }

    /**
     * With another key that signs when its time has come; the others verify until {@code othersUntil}, or until an earlier
     * moment that stands on them already.
     */
    static JWKSet withSigning(RSAKey key, Instant othersUntil, JWKSet set) {
        UnaryOperator<JWK> ending =
                other -> KeySet.SIGNING.equals(other.getAlgorithm()) && other.getExpirationTime() == null
                        ? new RSAKey.Builder((RSAKey) other)
                                .expirationTime(KeySetText.date(othersUntil))
                                .build()
                        : other;
        return with(key, set.getKeys().stream().map(ending).toList(), set);
    }

    /** With another key that signs, and no other: what the others have signed holds no longer. */
    static JWKSet withSigningAlone(RSAKey key, JWKSet set) {
        return with(
                key,
                without(other -> KeySet.SIGNING.equals(other.getAlgorithm()), set)
                        .getKeys(),
                set);
    }

    /** Without these keys that sealed. */
    static JWKSet withoutSealing(Set<String> ids, JWKSet set) {
        return without(key -> KeySet.SEALING.equals(key.getAlgorithm()) && ids.contains(key.getKeyID()), set);
    }

    /** Without the keys that signed, and whose time is over. */
    static JWKSet withoutEnded(Instant now, JWKSet set) {
        return without(key -> KeySet.SIGNING.equals(key.getAlgorithm()) && Keys.hasEnded(key, now), set);
    }

    private static JWKSet with(JWK first, List<JWK> others, JWKSet set) {
        List<JWK> keys = new ArrayList<>();
        keys.add(first);
        keys.addAll(others);
        return new JWKSet(keys, set.getAdditionalMembers());
    }

    private static JWKSet without(Predicate<JWK> unwanted, JWKSet set) {
        return new JWKSet(set.getKeys().stream().filter(unwanted.negate()).toList(), set.getAdditionalMembers());
    }
}
