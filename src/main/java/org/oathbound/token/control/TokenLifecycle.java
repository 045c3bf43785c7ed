package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Binding;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Token;

/**
 * How a token's lives begin and end. What one secret of a token has used stays used: each end leaves a value
 * {@code {fingerprint} {last used}}, and a life that begins with the same secret begins behind it.
 */
@ApplicationScoped
class TokenLifecycle {

    private static final Logger LOG = System.getLogger(TokenLifecycle.class.getName());

    private final Seals seals;
    private final Audit audit;

    @Inject
    TokenLifecycle(Seals seals, Audit audit) {
        this.seals = seals;
        this.audit = audit;
    }

    /**
     * The entry of a token that begins a life.
     *
     * @param before the revoked entry of its former lives; null for the first
     */
    Entry begin(
            Environment environment,
            DN dn,
            NewToken token,
            @Nullable Entry before,
            @Nullable JobRow origin,
            Instant now) {
        Map<String, Long> former =
                before == null ? Map.of() : UnreadableEntries.naming(before.getDN(), () -> former(before));
        long firstAllowed = firstAllowed(token.movingFactor());
        if (!former.isEmpty()) {
            String fingerprint = fingerprint(token.movingFactor(), token.algorithm(), token.secret());
            firstAllowed = Math.max(firstAllowed, former.getOrDefault(fingerprint, -1L) + 1);
        }
        String life = UUID.randomUUID().toString();
        String sealed =
                seals.seal(binding(environment, dn, life), token.secret().bytes());
        Entry entry = TokenEntry.begin(
                dn, token, new TokenEntry.Secret(life, sealed, keyId(sealed)), firstAllowed, origin, now);
        if (before != null) {
            if (before.hasAttribute(Schema.FORMER)) {
                entry.setAttribute(Schema.FORMER, before.getAttributeValues(Schema.FORMER));
            }
            // A row of a job that began or ended a life before must still find its mark if it is run again.
            TokenEntry.putMarks(entry, before, null);
            // What was used between a backup and its restore is not known, of whichever secret.
            String restoredAt = before.getAttributeValue(Schema.RESTORED_AT);
            if (restoredAt != null) {
                entry.setAttribute(Schema.RESTORED_AT, restoredAt);
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

    private static long firstAllowed(MovingFactor movingFactor) {
        return switch (movingFactor) {
            case Counter(long next) -> next;
            case TimeStep timeStep -> timeStep.lastStep() + 1;
        };
    }

    /**
     * The entry of a token whose life ends: without secret and pairings, hidden from every reader. Where it can't be read what
     * its secret has used, the log and the audit say so, and a later life accepts no code that stands alone, as after a
     * restore.
     */
    Entry end(Environment environment, DN dn, Entry living, @Nullable JobRow origin, Instant now) {
        Entry revoked = living.duplicate();
        try {
            putFormer(revoked, formerAtTheEnd(environment, dn, living));
        } catch (Problem.Corrupt e) {
            LOG.log(
                    Level.WARNING,
                    "The token {0} is revoked, and what its secret has used could not be read: {1}",
                    dn,
                    e.getMessage());
            revoked.setAttribute(Schema.RESTORED_AT, GeneralizedTime.of(now));
        }
        revoked.removeAttribute(Schema.SECRET);
        revoked.removeAttribute(Schema.KEY_ID);
        revoked.removeAttribute(Schema.PAIRING);
        revoked.removeAttribute(Schema.WAITING);
        revoked.removeAttribute(Schema.LOCKED_UNTIL);
        revoked.setAttribute(Schema.REVOKED_AT, GeneralizedTime.of(now));
        TokenEntry.putMarks(revoked, living, origin);
        return revoked;
    }

    private Map<String, Long> formerAtTheEnd(Environment environment, DN dn, Entry living) {
        SharedSecret secret = secret(environment, dn, living);
        return noticed(environment, dn, living, () -> {
            Map<String, Long> former = former(living);
            former.merge(
                    fingerprint(TokenEntry.movingFactor(living), TokenEntry.algorithm(living), secret),
                    TokenEntry.firstAllowed(living) - 1,
                    Math::max);
            return former;
        });
    }

    /** The secret of a token that lives, opened; the audit tells of one that does not open. */
    SharedSecret secret(Environment environment, DN dn, Entry living) {
        return noticed(environment, dn, living, () -> {
            String life = TokenEntry.text(living, Schema.LIFE);
            return SharedSecret.ofBytes(
                    seals.open(binding(environment, dn, life), TokenEntry.text(living, Schema.SECRET)));
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

    /** Tells two secrets, hashes or time steps apart without showing them. Counters have no time step: 0. */
    private String fingerprint(MovingFactor movingFactor, HashAlgorithm algorithm, SharedSecret secret) {
        String text =
                switch (movingFactor) {
                    case Counter counter -> "HOTP " + algorithm.macName() + " 0 ";
                    case TimeStep timeStep -> "TOTP " + algorithm.macName() + " " + timeStep.seconds() + " ";
                };
        byte[] kind = text.getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = secret.bytes();
        return seals.fingerprint(ByteBuffer.allocate(kind.length + bytes.length)
                .put(kind)
                .put(bytes)
                .array());
    }

    private static Map<String, Long> former(Entry entry) {
        Map<String, Long> former = new HashMap<>();
        String[] values = entry.getAttributeValues(Schema.FORMER);
        for (String value : values == null ? new String[0] : values) {
            int space = value.indexOf(' ');
            former.put(value.substring(0, space), Long.parseLong(value.substring(space + 1)));
        }
        return former;
    }

    private static void putFormer(Entry entry, Map<String, Long> former) {
        entry.setAttribute(
                Schema.FORMER,
                former.entrySet().stream()
                        .map(value -> value.getKey() + " " + value.getValue())
                        .toList());
    }

    private static Binding binding(Environment environment, DN dn, String life) {
        return new Binding(environment.id(), id(dn), life);
    }

    private static String id(DN dn) {
        return dn.getRDN().getAttributeValues()[0];
    }
}
