package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Page;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Contention;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.KeyEntries.Start;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/** The tokens of an environment: create, find, revoke. */
@ApplicationScoped
public class Tokens {

    private final Directory directory;
    private final Listing listing;
    private final TokenLifecycle lifecycle;
    private final RevokedTokens revokedTokens;
    private final Clock clock;
    private final Event<TokenRevoked> revoked;

    @Inject
    Tokens(
            Directory directory,
            Listing listing,
            TokenLifecycle lifecycle,
            RevokedTokens revokedTokens,
            Clock clock,
            Event<TokenRevoked> revoked) {
        this.directory = directory;
        this.listing = listing;
        this.lifecycle = lifecycle;
        this.revokedTokens = revokedTokens;
        this.clock = clock;
        this.revoked = revoked;
    }

    /** What became of a token that a job's row was to revoke. */
    public enum Revocation {
        REVOKED,
        PAIRED,
        UNKNOWN
    }

    /** Creates a token; {@link Problem.InvalidData}, {@code UNIQUENESS_VIOLATION}, when the serial number is taken. */
    public Token create(Environment environment, NewToken token) {
        Begun begun = begin(environment, token, null);
        if (begun.existing() != null) {
            throw new Problem.InvalidData(
                    DetailCode.UNIQUENESS_VIOLATION,
                    "serialNumber",
                    begun.existing().message());
        }
        return TokenEntry.token(begun.entry());
    }

    /**
     * Creates a token for a job's row; a row that did so before finds its mark, and it counts as done.
     *
     * @return the token that has the serial number already; empty when it is created
     */
    public Optional<Existing> create(Environment environment, NewToken token, JobRow origin) {
        return Optional.ofNullable(begin(environment, token, origin).existing());
    }

    /**
     * Refuses what {@link #create} would refuse as things stand, and changes nothing.
     *
     * @return the token that has the serial number already; empty when it would be created
     */
    public Optional<Existing> check(Environment environment, NewToken token, JobRow origin) {
        TokenId id = TokenId.of(environment.id(), token.serialNumber());
        Optional<ReadOnlyEntry> seen = directory.read(TokenEntry.dn(environment, id));
        if (seen.filter(entry -> JobMarks.has(entry, origin)).isPresent()) {
            return Optional.empty();
        }
        Optional<Existing> existing =
                seen.filter(entry -> !TokenEntry.isRevoked(entry)).map(entry -> lifecycle.compare(entry, token));
        if (existing.isEmpty()) {
            lifecycle.requireFree(environment, id, token.secret());
        }
        return existing;
    }

    /**
     * Refuses the secret of an authenticator app that another token has.
     *
     * @throws Problem.InvalidData when another token that lives has the secret
     */
    public void requireFree(Environment environment, SharedSecret secret) {
        lifecycle.requireFree(environment, null, secret);
    }

    /** Names the secret, and does not tell it: an HMAC under a key of the service. */
    public String fingerprint(SharedSecret secret) {
        return lifecycle.fingerprint(secret);
    }

    /** Whether a job's row has created or revoked the token, whatever became of it since. */
    public boolean isMarkedBy(Environment environment, TokenId id, JobRow row) {
        return directory
                .read(TokenEntry.dn(environment, id))
                .filter(entry -> JobMarks.has(entry, row))
                .isPresent();
    }

    /** The fob, unless it never was or is revoked. */
    public Optional<Token> find(Environment environment, TokenId id) {
        return findAny(environment, id).filter(Tokens::isFob);
    }

    /** The token of any use, unless it never was or is revoked. */
    public Optional<Token> findAny(Environment environment, TokenId id) {
        return read(environment, id).map(StoredToken::token);
    }

    /** The same with its entry. One read. */
    public Optional<StoredToken> read(Environment environment, TokenId id) {
        return living(TokenEntry.dn(environment, id)).map(entry -> new StoredToken(entry, TokenEntry.token(entry)));
    }

    /**
     * Forgets failures, and with them a lock.
     *
     * @return the token as it stands then
     * @throws Problem.NotFound when there is no such token
     */
    public Token unlock(Environment environment, TokenId id) {
        return Contention.settle(() -> {
            ReadOnlyEntry seen = living(TokenEntry.dn(environment, id)).orElseThrow(() -> unknown(id));
            Token token = TokenEntry.token(seen);
            Token unlocked = token.with(token.failureState().unlocked());
            boolean stands =
                    unlocked.equals(token) || directory.modifyIfUnchanged(seen, MovingValues.with(seen, unlocked));
            return stands ? Optional.of(unlocked) : Optional.empty();
        });
    }

    static Problem.NotFound unknown(TokenId id) {
        return new Problem.NotFound("There is no token " + id + ".");
    }

    /**
     * Tokens in the order of their ids. One that can't be read is left out: a page can have less than asked for, and others
     * behind it.
     *
     * @param after only those behind this id; null for the first page
     */
    public Page<Token> page(Environment environment, TokenQuery query, @Nullable String after, int limit) {
        SerialNumber serialNumber = query.serialNumber();
        if (serialNumber != null) {
            TokenId id = TokenId.of(environment.id(), serialNumber);
            boolean behind = after == null || id.toString().compareTo(after) > 0;
            List<ReadOnlyEntry> named =
                    living(TokenEntry.dn(environment, id)).filter(entry -> behind && matches(query, entry)).stream()
                            .toList();
            return new Page<>(new UnreadableEntries().readable(named, TokenEntry::token), null);
        }
        return Page.readable(
                listing.page(environment.tokens(), query.filter(), after, limit, Order.ASCENDING),
                entry -> Stream.of(TokenEntry.token(entry)));
    }

    /**
     * Ends the token's life, whether it is paired or not, and whether it can be read or not. False when there is no such
     * token.
     */
    public boolean revoke(Environment environment, TokenId id) {
        return revoke(environment, id, true, null) == Revocation.REVOKED;
    }

    /** Ends a token's life for a job's row, a paired one only if forced; a row that did so before counts as done. */
    public Revocation revoke(Environment environment, TokenId id, boolean forceUnpair, @Nullable JobRow origin) {
        DN dn = TokenEntry.dn(environment, id);
        AtomicReference<ReadOnlyEntry> ended = new AtomicReference<>();
        Revocation revocation = Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).orElse(null);
            if (seen != null && origin != null && JobMarks.has(seen, origin)) {
                return Optional.of(Revocation.REVOKED);
            }
            Revocation foreseen = foreseen(seen, forceUnpair);
            if (seen == null || foreseen != Revocation.REVOKED) {
                return Optional.of(foreseen);
            }
            if (!directory.modifyIfUnchanged(seen, lifecycle.end(seen, origin, GeneralizedTime.now(clock)))) {
                return Optional.empty();
            }
            ended.set(seen);
            return Optional.of(Revocation.REVOKED);
        });
        if (ended.get() != null) {
            List<Pairing> served = TokenEntry.readablePairings(ended.get());
            if (!served.isEmpty()) {
                revoked.fire(new TokenRevoked(environment, id, served));
            }
            revokedTokens.removeOne(environment, dn);
        }
        return revocation;
    }

    /** What {@link #revoke(Environment, TokenId, boolean, JobRow)} would come to as things stand; changes nothing. */
    public Revocation foreseeRevocation(Environment environment, TokenId id, boolean forceUnpair) {
        return foreseen(directory.read(TokenEntry.dn(environment, id)).orElse(null), forceUnpair);
    }

    private static Revocation foreseen(@Nullable ReadOnlyEntry seen, boolean forceUnpair) {
        if (seen == null || TokenEntry.isRevoked(seen) || !mayBeRevoked(seen)) {
            return Revocation.UNKNOWN;
        }
        return !forceUnpair && seen.hasAttribute(Schema.PAIRING) ? Revocation.PAIRED : Revocation.REVOKED;
    }

    /**
     * What has the serial number now.
     *
     * @param existing what was there before, and is still; null for the life that began, now or by this very row before
     */
    private record Begun(Entry entry, @Nullable Existing existing) {}

    private Begun begin(Environment environment, NewToken token, @Nullable JobRow origin) {
        TokenId id = TokenId.of(environment.id(), token.serialNumber());
        DN dn = TokenEntry.dn(environment, id);
        return Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).orElse(null);
            if (seen != null && origin != null && JobMarks.has(seen, origin)) {
                return Optional.of(new Begun(seen, null));
            }
            if (seen != null && !TokenEntry.isRevoked(seen)) {
                return Optional.of(new Begun(seen, lifecycle.compare(seen, token)));
            }
            Start start = lifecycle.claim(environment, token, seen);
            return lifecycle.storing(() -> {
                Entry begun = lifecycle.begin(environment, dn, token, seen, start, origin, GeneralizedTime.now(clock));
                boolean stands = seen == null ? directory.add(begun) : directory.modifyIfUnchanged(seen, begun);
                return stands ? Optional.of(new Begun(owning(environment, id, start, begun), null)) : Optional.empty();
            });
        });
    }

    private Entry owning(Environment environment, TokenId id, Start start, Entry begun) {
        try {
            lifecycle.requireOwner(environment, id, start);
            return begun;
        } catch (Problem.InvalidData e) {
            revoke(environment, id);
            throw e;
        }
    }

    /** What was made for one device ends with that. One that can't be read may have lost its device. */
    private static boolean mayBeRevoked(ReadOnlyEntry entry) {
        return !TokenEntry.isPersonal(entry) || !UnreadableEntries.isReadable(entry, TokenEntry::token);
    }

    private static boolean isFob(Token token) {
        return token.metadata().use() == Use.FOB;
    }

    private Optional<ReadOnlyEntry> living(DN dn) {
        return directory.read(dn).filter(entry -> !TokenEntry.isRevoked(entry));
    }

    private static boolean matches(TokenQuery query, Entry entry) {
        try {
            return query.filter().matchesEntry(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException("A filter of our own can't be evaluated", e);
        }
    }
}
