package org.oathbound.oauth.boundary;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.application.entity.Application;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.ClientAddress;
import org.oathbound.http.RateLimit;
import org.oathbound.problem.Problem;

/**
 * How often the token endpoint hashes a secret. Requests count by address; wrong secrets count by address and by
 * application, but at an address from which an application has sent its right secret, wrong guesses from other
 * addresses do not count: an attacker elsewhere can't shut the application out.
 */
@ApplicationScoped
public class TokenLimits {

    private static final int MAX_KNOWN = 50_000;
    private static final Duration KNOWN_FOR = Duration.ofDays(7);

    private final Supplier<String> address;
    private final RateLimit requests;
    private final RateLimit guessesFrom;
    private final RateLimit guessesAt;

    /** The networks from which applications have shown their secrets. */
    private final Cache<ClientAndNetwork, Boolean> known = Caffeine.newBuilder()
            .maximumSize(MAX_KNOWN)
            .expireAfterAccess(KNOWN_FOR)
            .executor(Runnable::run)
            .build();

    /**
     * @param perSecond requests of an address
     * @param wrongPerMinute wrong secrets from an address, and for an application; 0 for no limit, both of them
     */
    @Inject
    public TokenLimits(
            ClientAddress address,
            @ConfigProperty(name = "oathbound.limits.token-requests", defaultValue = "20") int perSecond,
            @ConfigProperty(name = "oathbound.limits.wrong-secrets", defaultValue = "60") int wrongPerMinute) {
        this(address, AddressLimit.perSecond(perSecond), perMinute(wrongPerMinute), perMinute(wrongPerMinute));
    }

    TokenLimits(Supplier<String> address, RateLimit requests, RateLimit guessesFrom, RateLimit guessesAt) {
        this.address = address;
        this.requests = requests;
        this.guessesFrom = guessesFrom;
        this.guessesAt = guessesAt;
    }

    private static RateLimit perMinute(int requests) {
        return new RateLimit(requests, Duration.ofMinutes(1));
    }

    /** Where an application calls from. */
    private record ClientAndNetwork(UUID client, String network) {}

    /**
     * The application, if the check of its secret finds one. {@link Problem.Limited}, with nothing checked, when there were
     * too many requests or wrong secrets before. A secret counts as wrong until it is known to be right, so that many at once
     * are not more than one after the other.
     */
    Optional<Application> check(UUID client, Supplier<Optional<Application>> secret) {
        String network = AddressLimit.networkOf(address.get());
        ClientAndNetwork origin = new ClientAndNetwork(client, network);
        boolean isKnown = known.getIfPresent(origin) != null;
        requests.take(network);
        guessesFrom.take(network);
        if (!isKnown) {
            takeOrUndo(client, network);
        }
        boolean isWrong = false;
        try {
            Optional<Application> found = secret.get();
            found.ifPresent(application -> known.put(origin, true));
            isWrong = found.isEmpty();
            return found;
        } finally { // a failed check tells a client no more than a right one
            if (!isWrong) {
                guessesFrom.giveBack(network);
                if (!isKnown) {
                    guessesAt.giveBack(client.toString());
                }
            }
        }
    }

    private void takeOrUndo(UUID client, String network) {
        try {
            guessesAt.take(client.toString());
        } catch (Problem.Limited e) {
            guessesFrom.giveBack(network); // nothing was guessed
            throw e;
        }
    }
}
