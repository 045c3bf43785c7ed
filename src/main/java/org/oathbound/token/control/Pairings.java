package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/** Which devices a token serves, as its own entry says. Whether they are devices is decided in {@code device}. */
@ApplicationScoped
public class Pairings {

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final KeyEntries keys;

    @Inject
    public Pairings(Directory directory, Listing listing, Batch batch, KeyEntries keys) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.keys = keys;
    }

    /**
     * Begins the pairing of a fob. A token that was made for one device can't be paired with another person.
     *
     * @return what the token has with that person already; then nothing was changed. Empty when the pairing has begun
     * @throws Problem.NotFound when there is no such fob
     * @throws Problem.RequestFailed when the fob is lost, or its validity is over
     */
    public Optional<Pairing> begin(Environment environment, TokenId token, Pairing pairing) {
        DN dn = TokenEntry.dn(environment, token);
        return Contention.settle(() -> {
            ReadOnlyEntry seen = fob(dn, token);
            Optional<Pairing> already = already(seen, pairing.person(), pairing.begunAt());
            if (already.isPresent()) {
                return Optional.of(already);
            }
            Entry wanted = seen.duplicate();
            wanted.addAttribute(Schema.PAIRING, TokenEntry.text(pairing));
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(Optional.empty()) : Optional.empty();
        });
    }

    /**
     * Refuses what {@link #begin} would refuse as things stand, and changes nothing.
     *
     * @return what the token has with that person already
     */
    public Optional<Pairing> check(Environment environment, TokenId token, UUID person, Instant now) {
        return already(fob(TokenEntry.dn(environment, token), token), person, now);
    }

    private ReadOnlyEntry fob(DN dn, TokenId token) {
        return directory
                .read(dn)
                .filter(entry -> !TokenEntry.isRevoked(entry) && isFob(entry))
                .orElseThrow(() -> Tokens.unknown(token));
    }

    /** Where there is none, the fob must be one that can be paired. */
    private static Optional<Pairing> already(Entry fob, UUID person, Instant now) {
        Optional<Pairing> already = TokenEntry.pairings(fob).stream()
                .filter(other -> other.person().equals(person))
                .findFirst();
        if (already.isEmpty()) {
            LostTokens.requireNotLost(fob);
            TokenEntry.validity(fob).requireNotOver(now);
        }
        return already;
    }

    /**
     * Ends the pairing with a device. A fob keeps its counter; when it has no pairing left, its failures are forgotten.
     * A token that was made for that device ends with it. Can be repeated, and needs only the one pairing of the token
     * to be readable.
     */
    public void end(Environment environment, TokenId token, UUID device) {
        DN dn = TokenEntry.dn(environment, token);
        boolean isMadeForIt = token.equals(PersonalTokens.idFor(environment, device));
        Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).orElse(null);
            if (seen == null) {
                return Optional.of(true);
            }
            Optional<Pairing> ends = TokenEntry.readablePairings(seen).stream()
                    .filter(pairing -> pairing.device().equals(device))
                    .findFirst();
            if (TokenEntry.isPersonal(seen) && (isMadeForIt || ends.isPresent())) {
                keys.stop(environment, seen);
                return directory.deleteIfUnchanged(seen) ? Optional.of(true) : Optional.empty();
            }
            boolean stands = ends.isEmpty() || directory.modifyIfUnchanged(seen, without(seen, ends.get()));
            return stands ? Optional.of(true) : Optional.empty();
        });
    }

    /**
     * Everybody who has the token, and everybody with whom its pairing is under way, as far as its entry can be read;
     * nobody where there is no such token. One read.
     */
    public Set<UUID> holders(Environment environment, TokenId token) {
        return directory
                .read(TokenEntry.dn(environment, token))
                .map(entry -> Pairing.persons(readable(entry)))
                .orElse(Set.of());
    }

    /**
     * Calls for each pairing there is, of every token that lives, as it stands at that moment.
     *
     * @param unreadable receives the tokens that can't be read; none of their pairings is reported
     */
    public void forEach(Environment environment, UnreadableEntries unreadable, Consumer<TokenPairing> each) {
        Pages.forEach(
                listing,
                batch,
                environment.tokens(),
                Filter.createPresenceFilter(Schema.PAIRING),
                entry -> unreadable.read(() -> TokenEntry.token(entry)).stream().flatMap(Pairings::of),
                each);
    }

    /** The pairings on a token's entry, begun ones too, as far as their values can be read. */
    public static List<Pairing> readable(Entry token) {
        return TokenEntry.readablePairings(token);
    }

    private static Stream<TokenPairing> of(Token token) {
        TokenId id = token.metadata().id();
        return token.metadata().pairings().stream().map(pairing -> new TokenPairing(id, pairing));
    }

    /** A pairing and its token. */
    public record TokenPairing(TokenId token, Pairing pairing) {}

    private static boolean isFob(Entry entry) {
        return TokenEntry.token(entry).metadata().use() == Use.FOB;
    }

    private static Entry without(ReadOnlyEntry seen, Pairing pairing) {
        Entry wanted = seen.duplicate();
        wanted.removeAttributeValue(Schema.PAIRING, TokenEntry.text(pairing));
        if (!wanted.hasAttribute(Schema.PAIRING) && UnreadableEntries.isReadable(wanted, TokenEntry::token)) {
            Token token = TokenEntry.token(wanted);
            wanted = MovingValues.with(wanted, token.with(token.failureState().unlocked()));
        }
        return wanted;
    }
}
