package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Contention;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Directory.Order;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/** Which devices a token serves, as its own entry says. Whether they are devices is for their room to know. */
@ApplicationScoped
public class Pairings {

    private static final int PAGE = 1_000;

    private final Directory directory;

    @Inject
    public Pairings(Directory directory) {
        this.directory = directory;
    }

    /**
     * Begins the pairing of a fob. A token that was made for one device is none of anybody else's.
     *
     * @return what the token has with that person already; then nothing was changed. Empty when the pairing has begun
     * @throws Problem.NotFound when there is no such fob
     */
    public Optional<Pairing> begin(Environment environment, TokenId token, Pairing pairing) {
        DN dn = TokenEntry.dn(environment, token);
        return Contention.settle(() -> {
            ReadOnlyEntry seen = directory
                    .read(dn)
                    .filter(entry -> !TokenEntry.isRevoked(entry) && isFob(entry))
                    .orElseThrow(() -> Tokens.unknown(token));
            Optional<Pairing> already = TokenEntry.pairings(seen).stream()
                    .filter(other -> other.person().equals(pairing.person()))
                    .findFirst();
            if (already.isPresent()) {
                return Optional.of(already);
            }
            Entry wanted = seen.duplicate();
            wanted.addAttribute(Schema.PAIRING, TokenEntry.text(pairing));
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(Optional.empty()) : Optional.empty();
        });
    }

    /**
     * Ends the pairing with a device. A fob goes on, its counter where it is; nobody's any more, its failures are
     * forgotten. A token that was made for that device ends with it. Can be repeated.
     */
    public void end(Environment environment, TokenId token, UUID device) {
        DN dn = TokenEntry.dn(environment, token);
        Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).orElse(null);
            Optional<Pairing> ends = seen == null
                    ? Optional.empty()
                    : TokenEntry.pairings(seen).stream()
                            .filter(pairing -> pairing.device().equals(device))
                            .findFirst();
            if (seen == null || ends.isEmpty()) {
                return Optional.of(true);
            }
            if (!isFob(seen)) {
                directory.delete(dn);
                return Optional.of(true);
            }
            Entry wanted = without(seen, ends.get());
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(true) : Optional.empty();
        });
    }

    /** Calls for each pairing there is, of every token that lives, as it stands at that moment. */
    public void forEach(Environment environment, Consumer<TokenPairing> each) {
        Filter paired = Filter.createPresenceFilter(Schema.PAIRING);
        @Nullable String after = null;
        do {
            Directory.Page page = directory.page(environment.tokens(), paired, after, PAGE, Order.ASCENDING);
            List<TokenPairing> found = new ArrayList<>();
            for (ReadOnlyEntry entry : page.entries()) {
                Token token = TokenEntry.token(entry);
                TokenId id = token.metadata().id();
                token.metadata().pairings().forEach(pairing -> found.add(new TokenPairing(id, pairing)));
                after = id.toString();
            }
            found.forEach(each);
            after = page.more() ? after : null;
        } while (after != null);
    }

    /** A pairing and its token. */
    public record TokenPairing(TokenId token, Pairing pairing) {}

    private static boolean isFob(Entry entry) {
        return TokenEntry.token(entry).metadata().use() == Use.FOB;
    }

    private static Entry without(ReadOnlyEntry seen, Pairing pairing) {
        Entry wanted = seen.duplicate();
        wanted.removeAttributeValue(Schema.PAIRING, TokenEntry.text(pairing));
        if (!wanted.hasAttribute(Schema.PAIRING)) {
            Token token = TokenEntry.token(wanted);
            wanted = MovingValues.with(wanted, token.with(token.failureState().unlocked()));
        }
        return wanted;
    }
}
