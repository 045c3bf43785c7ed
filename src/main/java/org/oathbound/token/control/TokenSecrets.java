package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.StoredToken;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/**
 * All tokens of an environment with their secrets in the clear, for an export that encrypts them again. Whatever else is
 * done with tokens does without.
 */
@ApplicationScoped
public class TokenSecrets {

    /** Temporary codes are left out: they expire too soon to be of use elsewhere. */
    private static final Filter LASTING = Filter.createORFilter(
            Filter.createNOTFilter(Filter.createPresenceFilter(Schema.TOKEN_USE)),
            Filter.createEqualityFilter(Schema.TOKEN_USE, Use.APP.name()));

    private final Listing listing;
    private final Batch batch;
    private final TokenLifecycle lifecycle;

    @Inject
    TokenSecrets(Listing listing, Batch batch, TokenLifecycle lifecycle) {
        this.listing = listing;
        this.batch = batch;
        this.lifecycle = lifecycle;
    }

    /**
     * Reports each fob and each authenticator app's token, in the order of their ids, as it stands when it is read.
     *
     * @param read makes what is reported of a token. It may read other entries of the token. It runs for many tokens
     *     before their entries are durable, so it must not pass anything on
     * @param unreadable makes what is reported of a token whose entry can't be read, or whose secret can't be opened
     * @param tell receives the results, in order
     */
    public <T> void forEach(
            Environment environment,
            BiFunction<StoredToken, SharedSecret, Stream<T>> read,
            Function<TokenId, T> unreadable,
            Consumer<T> tell) {
        Pages.forEach(
                listing,
                batch,
                environment.tokens(),
                LASTING,
                entry -> told(environment, entry, read, unreadable),
                tell);
    }

    private <T> Stream<T> told(
            Environment environment,
            ReadOnlyEntry entry,
            BiFunction<StoredToken, SharedSecret, Stream<T>> read,
            Function<TokenId, T> unreadable) {
        TokenId id = new TokenId(UUID.fromString(entry.getAttributeValue(Schema.TOKEN_IDENTIFIER)));
        Token token;
        SharedSecret secret;
        try {
            token = TokenEntry.token(entry);
            secret = lifecycle.secret(environment, TokenEntry.dn(environment, id), entry);
        } catch (Problem.Corrupt e) {
            return Stream.of(unreadable.apply(id));
        }
        return read.apply(new StoredToken(entry, token), secret);
    }
}
