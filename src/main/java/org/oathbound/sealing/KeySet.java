package org.oathbound.sealing;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import org.oathbound.directory.DataDirectory;

/**
 * The keys of the service, read once at the start from {@code keyset.json} in the data directory, a JWK set (RFC 7517).
 * Keys of one purpose are told by their {@code alg}; the first of a purpose is in use, those behind it are older ones
 * that still open and verify.
 */
@ApplicationScoped
public class KeySet {

    static final Algorithm SEALING = JWEAlgorithm.DIR;
    static final Algorithm FINGERPRINT = JWSAlgorithm.HS256;
    static final Algorithm SIGNING = JWSAlgorithm.RS256;

    private final List<OctetSequenceKey> sealing;
    private final OctetSequenceKey fingerprint;
    private final List<RSAKey> signing;

    /** Makes the file if there is none; {@link IllegalStateException} when it can't be read or is not whole. */
    @Inject
    public KeySet(DataDirectory directory) {
        this(file(directory).readOrCreate());
    }

    /** The keys of a file that must be there; {@link IllegalStateException} when it can't be read or is not whole. */
    public static KeySet existing(DataDirectory directory) {
        return new KeySet(file(directory).readExisting());
    }

    private KeySet(JWKSet keys) {
        this.sealing = keysFor(SEALING, OctetSequenceKey.class, keys);
        this.fingerprint =
                keysFor(FINGERPRINT, OctetSequenceKey.class, keys).iterator().next();
        this.signing = keysFor(SIGNING, RSAKey.class, keys);
    }

    private static KeySetFile file(DataDirectory directory) {
        return new KeySetFile(directory.path().resolve("keyset.json"));
    }

    /** The secret keys that open, the one that seals first. */
    List<OctetSequenceKey> sealing() {
        return sealing;
    }

    OctetSequenceKey fingerprint() {
        return fingerprint;
    }

    /** The RSA key that signs access tokens, with its private part. */
    public RSAKey signing() {
        return signing.iterator().next();
    }

    /** The public parts of the keys that verify access tokens. */
    public JWKSet publicKeys() {
        return new JWKSet(signing.stream().<JWK>map(RSAKey::toPublicJWK).toList());
    }

    /** Makes this bean when the application starts, so that a bad file stops the start and not the first request. */
    void loadAtStart(@Observes Startup startup) {}

    private static <K extends JWK> List<K> keysFor(Algorithm purpose, Class<K> type, JWKSet keys) {
        return keys.getKeys().stream()
                .filter(key -> purpose.equals(key.getAlgorithm()))
                .map(type::cast)
                .toList();
    }
}
