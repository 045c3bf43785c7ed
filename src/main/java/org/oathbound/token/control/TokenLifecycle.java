package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Binding;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.TokenId;

/** How a token's lives begin and end. What a secret has used stays used, which its entry among {@link KeyEntries} keeps. */
@ApplicationScoped
class TokenLifecycle {

    private static final Logger LOG = System.getLogger(TokenLifecycle.class.getName());

    private final KeyEntries keys;
    private final Seals seals;
    private final Audit audit;

    @Inject
    TokenLifecycle(KeyEntries keys, Seals seals, Audit audit) {
        this.keys = keys;
        this.seals = seals;
        this.audit = audit;
    }

    /**
     * Says that the secret is the token's, which begins a life, and tells what it begins with.
     *
     * @param before the revoked entry of its former lives; null for the first
     */
    KeyEntries.Start claim(Environment environment, NewToken token, @Nullable Entry before) {
        if (before != null) {
            keys.stop(environment, before);
        }
        return keys.claim(environment, TokenId.of(environment.id(), token.serialNumber()), token);
    }

    /** What {@link #claim} would refuse as things stand. */
    void requireFree(Environment environment, @Nullable TokenId token, SharedSecret secret) {
        keys.requireFree(environment, token, secret);
    }

    /** How a token that lives compares with one that was to take its serial number. */
    Existing compare(Entry living, NewToken wanted) {
        if (!keys.fingerprint(wanted.secret()).equals(living.getAttributeValue(Schema.FINGERPRINT))) {
            return Existing.OTHER_KEY;
        }
        boolean same = UnreadableEntries.isReadable(living, TokenEntry::token)
                && wanted.hasParametersOf(TokenEntry.token(living));
        return same ? Existing.SAME : Existing.OTHER_PARAMETERS;
    }

    /** Names the secret, and does not tell it. */
    String fingerprint(SharedSecret secret) {
        return keys.fingerprint(secret);
    }

    /** {@link Problem.InvalidData} when the secret became another token's while this one was stored. */
    void requireOwner(Environment environment, TokenId token, KeyEntries.Start start) {
        if (start.fingerprint() != null) {
            keys.requireOwner(environment, token, start.fingerprint());
        }
    }

    /**
     * The entry of a token that begins a life.
     *
     * @param before the revoked entry of its former lives; null for the first
     * @param start as {@link #claim} told it
     */
    Entry begin(
            Environment environment,
            DN dn,
            NewToken token,
            @Nullable Entry before,
            KeyEntries.Start start,
            @Nullable JobRow origin,
            Instant now) {
        String life = UUID.randomUUID().toString();
        String sealed =
                seals.seal(binding(environment, dn, life), token.secret().bytes());
        Entry entry = TokenEntry.begin(
                dn, token, new TokenEntry.Secret(life, sealed, keyId(sealed)), start.firstAllowed(), origin, now);
        Attributes.put(entry, Schema.FINGERPRINT, start.fingerprint());
        Attributes.put(entry, Schema.RESTORED_AT, start.restoredAt());
        if (before != null) {
            // A row of a job that began or ended a life before must still find its mark if it is run again.
            JobMarks.put(entry, before, null);
            // What was used between a backup and its restore is not known, of whichever secret.
            if (before.hasAttribute(Schema.RESTORED_AT)) {
                Attributes.put(entry, Schema.RESTORED_AT, before.getAttributeValue(Schema.RESTORED_AT));
            }
        }
        return entry;
    }

    /** Begins a life and stores it: while a key is exchanged for another, nothing is on its way under the old one. */
    <T> T storing(Supplier<T> work) {
        return seals.holding(work);
    }

    private static String keyId(String sealed) {
        return Objects.requireNonNull(Seals.keyIdOf(sealed), "what was sealed just now names its key");
    }

    /**
     * The entry of a token whose life ends: without secret and pairings, hidden from every reader. Where it is not known which
     * secret it has, a later life accepts no code that stands alone, as after a restore.
     */
    Entry end(Entry living, @Nullable JobRow origin, Instant now) {
        Entry revoked = living.duplicate();
        if (!living.hasAttribute(Schema.FINGERPRINT)) {
            LOG.log(Level.WARNING, "The token {0} is revoked, and its secret could not be read.", living.getDN());
            Attributes.put(revoked, Schema.RESTORED_AT, now);
        }
        List.of(Schema.SECRET, Schema.KEY_ID, Schema.PAIRING, Schema.WAITING, Schema.LOCKED_UNTIL)
                .forEach(revoked::removeAttribute);
        Attributes.put(revoked, Schema.REVOKED_AT, now);
        JobMarks.put(revoked, living, origin);
        return revoked;
    }

    /** The secret of a token that lives, opened; the audit tells of one that does not open. */
    SharedSecret secret(Environment environment, DN dn, Entry living) {
        return noticed(environment, dn, living, () -> {
            String life = Attributes.text(living, Schema.LIFE);
            return SharedSecret.ofBytes(
                    seals.open(binding(environment, dn, life), Attributes.text(living, Schema.SECRET)));
        });
    }

    /** A token that lives; the audit tells of one that can't be read. */
    Token token(Environment environment, DN dn, Entry living) {
        return noticed(environment, dn, living, () -> TokenEntry.token(living));
    }

    private <T> T noticed(Environment environment, DN dn, Entry living, Supplier<T> read) {
        try {
            return UnreadableEntries.naming(living.getDN(), read);
        } catch (Problem.Corrupt e) {
            audit.record(new AuditEvent(Action.ENTRY_CORRUPT, Outcome.REFUSED)
                    .in(environment.id())
                    .object(id(dn))
                    .reason("DOES_NOT_OPEN"));
            throw e;
        }
    }

    private static Binding binding(Environment environment, DN dn, String life) {
        return new Binding(environment.id(), id(dn), life);
    }

    private static String id(DN dn) {
        return dn.getRDN().getAttributeValues()[0];
    }
}
