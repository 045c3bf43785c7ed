package org.oathbound.directoryapi.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.ClientAddress;
import org.oathbound.http.RateLimit;
import org.oathbound.problem.Problem;

/** How many wrong passwords may come from an address: as many as wrong secrets at the token endpoint. */
@ApplicationScoped
public class WrongPasswordLimit {

    private final Supplier<String> address;
    private final RateLimit wrong;

    /** @param perMinute wrong passwords; 0 for no limit */
    @Inject
    public WrongPasswordLimit(
            ClientAddress address,
            @ConfigProperty(name = "oathbound.limits.wrong-secrets", defaultValue = "60") int perMinute) {
        this(address, new RateLimit(perMinute, Duration.ofMinutes(1)));
    }

    WrongPasswordLimit(Supplier<String> address, RateLimit wrong) {
        this.address = address;
        this.wrong = wrong;
    }

    /**
     * Does what may be a guess. It counts as wrong until it is known to be right, so that many at once are not more than one
     * after the other.
     *
     * @param isWrong whether what came of it shows a wrong guess
     * @throws Problem.Limited with nothing done, when there were too many before
     */
    <T> T counted(Supplier<T> guess, Predicate<T> isWrong) {
        String network = AddressLimit.networkOf(address.get());
        wrong.take(network);
        boolean counts = false;
        try {
            T outcome = guess.get();
            counts = isWrong.test(outcome);
            return outcome;
        } catch (Problem.Unauthenticated e) {
            counts = true;
            throw e;
        } finally {
            if (!counts) {
                wrong.giveBack(network);
            }
        }
    }
}
