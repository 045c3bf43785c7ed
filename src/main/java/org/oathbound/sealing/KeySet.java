package org.oathbound.sealing;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;
import org.oathbound.directory.DataDirectory;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The keys of the service, a JWK set (RFC 7517): from {@code keyset.json} in the data directory, or where the configuration
 * says. Keys of one purpose are told by their {@code alg}; the first of a purpose is in use, those behind it are older ones
 * that still open and verify. A rotation exchanges the whole set at one moment.
 */
@ApplicationScoped
public class KeySet {

    static final Algorithm SEALING = JWEAlgorithm.DIR;
    static final Algorithm FINGERPRINT = JWSAlgorithm.HS256;
    static final Algorithm SIGNING = JWSAlgorithm.RS256;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final KeySource source;
    private final ReadWriteLock exchange = new ReentrantReadWriteLock();
    private volatile Keys current;

    /** Makes the default file if there is none; {@link IllegalStateException} when the keys can't be read or are not whole. */
    @Inject
    public KeySet(DataDirectory directory, Config config) {
        this.source = orMade(KeySource.configured(directory, name -> config.getOptionalValue(name, String.class)));
        this.current = new Keys(source.read());
    }

    /** That of the data directory, made if there is none; {@link IllegalStateException} as above. */
    public KeySet(DataDirectory directory) {
        this(orMade(KeySource.configured(directory, name -> Optional.empty())));
    }

    /**
     * The keys that a service with this data directory has, by the environment variables of this process;
     * {@link IllegalStateException} when they can't be read or are not whole.
     */
    public static KeySet existing(DataDirectory directory) {
        return new KeySet(KeySource.configured(directory, name -> Optional.ofNullable(
                        System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_')))
                .filter(value -> !value.isBlank())));
    }

    KeySet(KeySource source) {
        this.source = source;
        this.current = new Keys(source.read());
    }

    private static KeySource orMade(KeySource source) {
        if (source instanceof KeySetFile file) {
            file.createIfMissing();
        }
        return source;
    }

    Keys current() {
        return current;
    }

    OctetSequenceKey fingerprint() {
        return current.fingerprint();
    }

    /** The key of the audit's chain: from that of fingerprints, so it stays the same as long as these do. */
    public SecretKey auditKey() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fingerprint().toSecretKey("HmacSHA256"));
            return new SecretKeySpec(
                    mac.doFinal("oathbound audit chain 1".getBytes(StandardCharsets.US_ASCII)), "HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    /** The RSA key that signs access tokens at this moment, with its private part. */
    public RSAKey signing(Instant now) {
        return current.signing(now);
    }

    /** The public parts of the keys that verify access tokens at this moment, or will soon. */
    public JWKSet publicKeys(Instant now) {
        return current.verifying(now);
    }

    /** Whether a key of that id verifies access tokens at this moment. */
    public boolean verifies(String id, Instant now) {
        return current.verifies(id, now);
    }

    /** What may be told of each key. */
    public List<KeyFact> facts(Instant now) {
        return current.facts(now);
    }

    /** Where the keys come from, for a message. */
    @Override
    public String toString() {
        return source.toString();
    }

    /**
     * Whether a rotation can write the keys; if not, an administrator writes them where they are kept, and has them
     * read again.
     */
    public boolean isOurs() {
        return source instanceof KeySetFile;
    }

    /** Makes another key that signs from a moment on; those that there are verify until another one, then they are dropped. */
    public void addSigning(Instant now, Instant signsFrom, Instant othersUntil) {
        RSAKey key = KeySetText.signing(now, signsFrom);
        change(set -> KeyChange.withSigning(key, othersUntil, set));
    }

    /** Makes another key that signs from now on, and drops the others: every access token is void. */
    public void replaceSigning(Instant now) {
        RSAKey key = KeySetText.signing(now, null);
        change(set -> KeyChange.withSigningAlone(key, set));
    }

    /** Drops the keys that signed and whose time is over. */
    public void dropEndedSigning(Instant now) {
        JWKSet set = current.set();
        if (isOurs() && KeyChange.withoutEnded(now, set).size() < set.size()) {
            change(before -> KeyChange.withoutEnded(now, before));
        }
    }

    void addSealing(Instant now) {
        OctetSequenceKey key = KeySetText.sealing(now);
        change(set -> KeyChange.withSealing(key, set));
    }

    void dropSealing(Set<String> ids) {
        change(set -> KeyChange.withoutSealing(ids, set));
    }

    /** Seals and stores as one: the key that it seals with is not exchanged in between. */
    <T> T holding(Supplier<T> work) {
        exchange.readLock().lock();
        try {
            return work.get();
        } finally {
            exchange.readLock().unlock();
        }
    }

    /**
     * Reads the keys again.
     *
     * @param needed the ids of sealing keys that something is sealed with
     * @throws Problem.RequestFailed when they can't be read, are the same as before, or lack something
     */
    synchronized void readAgain(Set<String> needed) {
        Keys again;
        try {
            again = new Keys(source.read());
        } catch (IllegalStateException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
        if (again.set().getKeys().equals(current.set().getKeys())) {
            throw failed("The key set " + source + " has the same keys as before: put the new key first there.");
        }
        if (!again.fingerprint().equals(current.fingerprint())) {
            throw failed("The key set " + source + " has another fingerprint key; that one is never changed.");
        }
        Set<String> missing = needed.stream()
                .filter(id -> current.decrypter(id) != null && again.decrypter(id) == null)
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            throw failed("The key set " + source + " lacks keys that values are still sealed with: " + missing + ".");
        }
        exchange(again);
    }

    private synchronized void change(UnaryOperator<JWKSet> change) {
        if (!(source instanceof KeySetFile file)) {
            throw new IllegalStateException("The key set " + source + " is not ours to write.");
        }
        JWKSet wanted;
        try {
            wanted = change.apply(file.read());
        } catch (IllegalStateException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
        try {
            file.write(wanted);
        } catch (IOException e) {
            // The file has the old keys or the new ones, and a start goes on with either. Until it surely has the new
            // ones,
            // nothing may be sealed with them.
            throw new Problem.Unavailable("The key set " + source + " can't be written.", RETRY_AFTER);
        }
        exchange(new Keys(wanted));
    }

    /** Waits for threads that seal and store: from here on no thread stores what a former key has sealed. */
    private void exchange(Keys keys) {
        exchange.writeLock().lock();
        try {
            current = keys;
        } finally {
            exchange.writeLock().unlock();
        }
    }

    private static Problem.RequestFailed failed(String message) {
        return new Problem.RequestFailed(DetailCode.CONSTRAINT_VIOLATION, null, message);
    }
}
