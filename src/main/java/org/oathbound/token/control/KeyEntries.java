package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.TokenRules;

/**
 * The entries below {@code ou=Keys}, one for each secret that ever came in: which token has it, and where it stopped, for each
 * type, hash and time step. They outlive tokens, so a secret that comes back, under whatever serial number, accepts no code again
 * that it has accepted. Each is named by an HMAC over the secret, whose key is never exchanged.
 */
@ApplicationScoped
class KeyEntries {

    private final Directory directory;
    private final Seals seals;
    private final Clock clock;

    @Inject
    KeyEntries(Directory directory, Seals seals, Clock clock) {
        this.directory = directory;
        this.seals = seals;
        this.clock = clock;
    }

    /**
     * What a life begins with.
     *
     * @param fingerprint the name of the secret's entry; null for temporary codes, which have none
     * @param firstAllowed the lowest counter, or time step, whose code was never accepted
     * @param restoredAt when a backup of the entry was restored, if what was used before it is not known
     */
    record Start(
            @Nullable String fingerprint,
            long firstAllowed,
            @Nullable String restoredAt) {

        /** Of a secret that is made here for temporary codes, which never comes back. */
        static final Start NEVER_AGAIN = new Start(null, 0, null);
    }

    /** HMAC over the secret alone, hexadecimal. */
    String fingerprint(SharedSecret secret) {
        return hexadecimal(secret.bytes());
    }

    /**
     * Says that the secret is the token's, before the token's own entry says so. A claim whose token is not there is taken over: its
     * creation has failed, or learns of it by {@link #requireOwner}.
     *
     * @throws Problem.InvalidData when another token that lives has the secret
     */
    Start claim(Environment environment, TokenId token, NewToken wanted) {
        String fingerprint = fingerprint(wanted.secret());
        stopRevokedOwner(environment, fingerprint, token);
        Entry key = change(environment, fingerprint, entry -> {
            requireNoOther(environment, fingerprint, token, entry.getAttributeValue(Schema.TOKEN_ID));
            entry.setAttribute(Schema.TOKEN_ID, token.toString());
        });
        MovingFactor movingFactor = wanted.movingFactor();
        long firstAllowed =
                switch (movingFactor) {
                    case Counter(long next) -> next;
                    case TimeStep timeStep -> timeStep.lastStep() + 1;
                };
        String kind = StoppedPosition.kind(movingFactor, wanted.algorithm());
        long used = Math.max(
                StoppedPosition.last(key, kind),
                directory
                        .read(dn(environment, fingerprint(kind, wanted.secret())))
                        .map(former -> StoppedPosition.last(former, StoppedPosition.KIND_IN_NAME))
                        .orElse(-1L));
        return new Start(fingerprint, Math.max(firstAllowed, used + 1), key.getAttributeValue(Schema.RESTORED_AT));
    }

    /**
     * Looks once more when the token's entry is there: of two creations that claim one secret at the same time, one stands.
     *
     * @throws Problem.InvalidData when the secret is another token's now
     */
    void requireOwner(Environment environment, TokenId token, String fingerprint) {
        String owner = owner(environment, fingerprint).orElse("");
        if (!owner.equals(token.toString())) {
            throw TokenRules.secretTaken("Another token");
        }
    }

    /**
     * @param token that may have it; null for none
     * @throws Problem.InvalidData when another token that lives has the secret
     */
    void requireFree(Environment environment, @Nullable TokenId token, SharedSecret secret) {
        String fingerprint = fingerprint(secret);
        requireNoOther(
                environment, fingerprint, token, owner(environment, fingerprint).orElse(null));
    }

    private void requireNoOther(
            Environment environment, String fingerprint, @Nullable TokenId token, @Nullable String owner) {
        if (owner == null || (token != null && owner.equals(token.toString()))) {
            return;
        }
        TokenId other = UnreadableEntries.naming(
                dn(environment, fingerprint).toString(), () -> new TokenId(UUID.fromString(owner)));
        directory
                .read(TokenEntry.dn(environment, other))
                .filter(entry ->
                        !TokenEntry.isRevoked(entry) && fingerprint.equals(entry.getAttributeValue(Schema.FINGERPRINT)))
                .ifPresent(entry -> {
                    throw TokenRules.secretTaken(
                            TokenEntry.isPersonal(entry)
                                    ? "Somebody's authenticator app"
                                    : "The token " + entry.getAttributeValue(Schema.SERIAL_NUMBER));
                });
    }

    /** Where a failure came right behind a revocation, only the revoked entry knows yet where its secret stopped. */
    private void stopRevokedOwner(Environment environment, String fingerprint, TokenId but) {
        owner(environment, fingerprint)
                .filter(owner -> !owner.equals(but.toString()))
                .map(owner -> UnreadableEntries.naming(
                        dn(environment, fingerprint).toString(), () -> new TokenId(UUID.fromString(owner))))
                .flatMap(owner -> directory.read(TokenEntry.dn(environment, owner)))
                .filter(TokenEntry::isRevoked)
                .ifPresent(revoked -> stop(environment, revoked));
    }

    /**
     * Keeps where the secret of a life that ends has stopped. Can be repeated. Where the token's entry can't be read, the secret counts
     * as restored: its next life accepts no code that stands alone.
     *
     * @param ended the token's entry
     */
    void stop(Environment environment, Entry ended) {
        String fingerprint = ended.getAttributeValue(Schema.FINGERPRINT);
        if (fingerprint == null) {
            return; // temporary codes never come back, and what of a secret could not be read was never known here
        }
        String token = ended.getAttributeValue(Schema.TOKEN_IDENTIFIER);
        Optional<StoppedPosition> position = StoppedPosition.of(ended);
        String restoredAt = position.isPresent()
                ? ended.getAttributeValue(Schema.RESTORED_AT)
                : GeneralizedTime.of(GeneralizedTime.now(clock));
        change(environment, fingerprint, entry -> {
            position.filter(known -> known.last() >= 0).ifPresent(known -> known.putOn(entry));
            // An entry whose life ended before knows nothing of what came since: it takes no mark away, and renews
            // none.
            if (entry.removeAttributeValue(Schema.TOKEN_ID, token)
                    || (restoredAt != null && !entry.hasAttribute(Schema.RESTORED_AT))) {
                Attributes.put(entry, Schema.RESTORED_AT, restoredAt);
            }
        });
    }

    Entry setOwner(Environment environment, String fingerprint, String token) {
        return change(environment, fingerprint, entry -> entry.setAttribute(Schema.TOKEN_ID, token));
    }

    /** Keeps what an entry of format 1 says of a secret that is gone: {@code {fingerprint} {last used}}. */
    void keepFormer(Environment environment, String former) {
        int space = former.indexOf(' ');
        String name = hexadecimalOf(former.substring(0, space));
        long last = Long.parseLong(former.substring(space + 1));
        change(environment, name, new StoppedPosition(StoppedPosition.KIND_IN_NAME, last)::putOn);
    }

    /** The id of the token that the secret's entry names, if there is one. */
    Optional<String> owner(Environment environment, String fingerprint) {
        return directory.read(dn(environment, fingerprint)).map(entry -> entry.getAttributeValue(Schema.TOKEN_ID));
    }

    private Entry change(Environment environment, String name, Consumer<Entry> change) {
        DN dn = dn(environment, name);
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = directory.read(dn);
            Entry wanted = seen.map(ReadOnlyEntry::duplicate).orElseGet(() -> begun(dn));
            change.accept(wanted);
            boolean stands =
                    seen.isEmpty() ? saysNothing(wanted) || directory.add(wanted) : isChanged(seen.get(), wanted);
            return stands ? Optional.of(wanted) : Optional.empty();
        });
    }

    /** False when another was faster. An entry that says nothing goes: its secret was never used, and no token has it. */
    private boolean isChanged(ReadOnlyEntry seen, Entry wanted) {
        if (saysNothing(wanted)) {
            return directory.deleteIfUnchanged(seen);
        }
        return wanted.equals(seen.duplicate()) || directory.modifyIfUnchanged(seen, wanted);
    }

    private static boolean saysNothing(Entry key) {
        return !key.hasAttribute(Schema.STOPPED)
                && !key.hasAttribute(Schema.TOKEN_ID)
                && !key.hasAttribute(Schema.RESTORED_AT);
    }

    private Entry begun(DN dn) {
        Entry entry = Attributes.newEntry(dn, "top", Schema.OATHBOUND_KEY);
        Attributes.put(entry, Schema.CREATED_AT, GeneralizedTime.now(clock));
        return entry;
    }

    /** As format 1 had it. */
    private String fingerprint(String kindOfSecret, SharedSecret secret) {
        byte[] kind = (kindOfSecret.replace('/', ' ') + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = secret.bytes();
        return hexadecimal(ByteBuffer.allocate(kind.length + bytes.length)
                .put(kind)
                .put(bytes)
                .array());
    }

    private String hexadecimal(byte[] material) {
        return hexadecimalOf(seals.fingerprint(material));
    }

    /** A name in LDAP knows no upper case. */
    private static String hexadecimalOf(String base64url) {
        return HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64url));
    }

    private static DN dn(Environment environment, String fingerprint) {
        return new DN(new RDN(Schema.ID, fingerprint), environment.keys());
    }
}
