package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Contention;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/**
 * Fobs that are said to be lost: no code of theirs is accepted, and nobody is given one, until it is said that they are
 * found. Both are one compare-and-set on the token's entry, and can be repeated.
 */
@ApplicationScoped
public class LostTokens {

    private final Directory directory;
    private final Clock clock;

    @Inject
    public LostTokens(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Says that a fob is lost, whoever has it. One that is lost already stays so since then.
     *
     * @return the token as it stands then
     * @throws Problem.NotFound when there is no such fob
     */
    public Token lose(Environment environment, TokenId token) {
        Instant now = GeneralizedTime.now(clock);
        return change(environment, token, before -> before == null ? now : before);
    }

    /**
     * Says that a fob is found: it is in stock, or with those who have it, as before.
     *
     * @return the token as it stands then
     * @throws Problem.NotFound when there is no such fob
     */
    public Token recover(Environment environment, TokenId token) {
        return change(environment, token, before -> null);
    }

    /**
     * Says that a fob is lost because its device is replaced, unless somebody else has it too, or it is no fob, can't be
     * read or is not there any more. Whoever ends the pairing calls it before, so that a stop in between leaves it to be
     * repeated.
     */
    public void loseReplaced(Environment environment, TokenId token, UUID device) {
        DN dn = TokenEntry.dn(environment, token);
        Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).orElse(null);
            if (seen == null || !canBeLostWith(seen, device)) {
                return Optional.of(false);
            }
            Entry wanted = Attributes.with(seen, Schema.LOST_AT, GeneralizedTime.now(clock));
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(true) : Optional.empty();
        });
    }

    /** Refuses a token that is lost, and says how it comes back. */
    static void requireNotLost(Entry entry) {
        Instant lostAt = TokenEntry.lostAt(entry);
        if (lostAt != null) {
            throw new Problem.RequestFailed(
                    DetailCode.CONSTRAINT_VIOLATION,
                    "serialNumber",
                    "The token is lost since " + lostAt
                            + ": say that it is found before it is paired (\"oathbound token"
                            + " found\", or a POST to the token with oathtoken.found).");
        }
    }

    /** When a token is lost, given when it was before; null for not. */
    private interface Change {
        @Nullable
        Instant of(@Nullable Instant before);
    }

    private Token change(Environment environment, TokenId token, Change change) {
        DN dn = TokenEntry.dn(environment, token);
        return Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).filter(LostTokens::isFob).orElseThrow(() -> Tokens.unknown(token));
            Entry wanted = Attributes.with(seen, Schema.LOST_AT, change.of(TokenEntry.lostAt(seen)));
            boolean stands = wanted.equals(seen) || directory.modifyIfUnchanged(seen, wanted);
            return stands ? Optional.of(TokenEntry.token(wanted)) : Optional.empty();
        });
    }

    private static boolean isFob(Entry entry) {
        return !TokenEntry.isRevoked(entry)
                && TokenEntry.token(entry).metadata().use() == Use.FOB;
    }

    private static boolean canBeLostWith(Entry entry, UUID device) {
        if (TokenEntry.isRevoked(entry) || !UnreadableEntries.isReadable(entry, TokenEntry::token)) {
            return false;
        }
        Metadata token = TokenEntry.token(entry).metadata();
        return token.use() == Use.FOB
                && token.lostAt() == null
                && token.serves(device)
                && token.pairings().size() == 1;
    }
}
