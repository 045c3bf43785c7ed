package org.oathbound.sealing;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.sealing.KeyFact.Purpose;
import org.oathbound.sealing.KeyFact.Use;

/** The key set as it stood at one reading. It never changes, so its users always see a whole set. */
final class Keys {

    private final JWKSet set;
    private final List<OctetSequenceKey> sealing;
    private final OctetSequenceKey fingerprint;
    private final List<RSAKey> signing;
    private final DirectEncrypter encrypter;
    private final Map<String, DirectDecrypter> decrypters = new LinkedHashMap<>();

    Keys(JWKSet set) {
        this.set = set;
        this.sealing = keysFor(KeySet.SEALING, OctetSequenceKey.class);
        this.fingerprint = keysFor(KeySet.FINGERPRINT, OctetSequenceKey.class).getFirst();
        this.signing = keysFor(KeySet.SIGNING, RSAKey.class);
        try {
            this.encrypter = new DirectEncrypter(sealing.getFirst());
            for (OctetSequenceKey key : sealing) {
                decrypters.put(key.getKeyID(), new DirectDecrypter(key));
            }
        } catch (JOSEException e) {
            throw new IllegalStateException("The sealing keys of the key set don't fit A256GCM.", e);
        }
    }

    private <K extends JWK> List<K> keysFor(Algorithm purpose, Class<K> type) {
        return set.getKeys().stream()
                .filter(key -> purpose.equals(key.getAlgorithm()))
                .map(type::cast)
                .toList();
    }

    JWKSet set() {
        return set;
    }

    /** The secret keys that open, the one that seals first. */
    List<OctetSequenceKey> sealing() {
        return sealing;
    }

    OctetSequenceKey fingerprint() {
        return fingerprint;
    }

    String sealingId() {
        return sealing.getFirst().getKeyID();
    }

    DirectEncrypter encrypter() {
        return encrypter;
    }

    @Nullable
    DirectDecrypter decrypter(@Nullable String keyId) {
        return decrypters.get(keyId);
    }

    /** The first whose time has come; the first of all when there is none, for something must sign. */
    RSAKey signing(Instant now) {
        return signing.stream()
                .filter(key -> hasBegun(key, now) && !hasEnded(key, now))
                .findFirst()
                .orElse(signing.getFirst());
    }

    /** The public parts of those that have not ended. One that does not sign yet is among them. */
    JWKSet verifying(Instant now) {
        return new JWKSet(signing.stream()
                .filter(key -> !hasEnded(key, now))
                .<JWK>map(Keys::publicPart)
                .toList());
    }

    /** Whether a key of that id verifies at this moment. */
    boolean verifies(String id, Instant now) {
        return signing.stream().anyMatch(key -> id.equals(key.getKeyID()) && !hasEnded(key, now));
    }

    /** Without our times: when a key signs is our affair. */
    private static RSAKey publicPart(RSAKey key) {
        return new RSAKey.Builder(key.toPublicJWK())
                .issueTime(null)
                .notBeforeTime(null)
                .expirationTime(null)
                .build();
    }

    /** What may be told of each key. */
    List<KeyFact> facts(Instant now) {
        List<KeyFact> facts = new ArrayList<>();
        for (OctetSequenceKey key : sealing) {
            facts.add(fact(key, Purpose.SEALING, key.equals(sealing.getFirst()) ? Use.IN_USE : Use.FORMER));
        }
        facts.add(fact(fingerprint, Purpose.FINGERPRINT, Use.IN_USE));
        RSAKey signs = signing(now);
        for (RSAKey key : signing) {
            Use besides = hasBegun(key, now) ? Use.FORMER : Use.PUBLISHED;
            facts.add(fact(key, Purpose.SIGNING, key.equals(signs) ? Use.IN_USE : besides));
        }
        return facts;
    }

    private static KeyFact fact(JWK key, Purpose purpose, Use use) {
        return new KeyFact(
                key.getKeyID(),
                purpose,
                use,
                instant(key.getIssueTime()),
                instant(key.getNotBeforeTime()),
                instant(key.getExpirationTime()));
    }

    static boolean hasBegun(JWK key, Instant now) {
        Instant begin = instant(key.getNotBeforeTime());
        return begin == null || !begin.isAfter(now);
    }

    static boolean hasEnded(JWK key, Instant now) {
        Instant end = instant(key.getExpirationTime());
        return end != null && !end.isAfter(now);
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
