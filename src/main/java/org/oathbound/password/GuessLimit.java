package org.oathbound.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.problem.Problem;

/**
 * How often somebody may be wrong, at whatever interface: by name, and by address. An address counts only while more was wrong
 * from there than right, for many people may share it. Whoever was right lately, a name at an address, is held to neither, until
 * the next wrong attempt of that name from there: so nobody elsewhere can keep them out.
 *
 * <p>In memory: a start forgets it. What must not be forgotten is counted on the account.
 */
@ApplicationScoped
public class GuessLimit {

    private static final int MAX_KNOWN = 50_000;
    private static final Duration KNOWN_FOR = Duration.ofDays(7);

    private final Cache<String, Boolean> known;
    private final Attempts names;
    private final Attempts addresses;

    /** @param perMinute wrong attempts of one name, and from one address; 0 for no limit */
    @Inject
    public GuessLimit(@ConfigProperty(name = "oathbound.limits.wrong-secrets", defaultValue = "60") int perMinute) {
        this(perMinute, System::nanoTime);
    }

    /** @param nanoTime that goes forward only */
    GuessLimit(int perMinute, LongSupplier nanoTime) {
        this.known = Caffeine.newBuilder()
                .maximumSize(MAX_KNOWN)
                .expireAfterAccess(KNOWN_FOR)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        this.names = new Attempts(perMinute, nanoTime);
        this.addresses = new Attempts(perMinute, nanoTime);
    }

    /**
     * Makes an attempt, and counts it by what came of it. It counts as wrong until it is known to be something else, so many at once
     * are not more than one after the other.
     *
     * @throws Problem.Limited with nothing done, when there were too many wrong ones before
     */
    public <T> T counted(Asker asker, Supplier<T> attempt, Predicate<T> isRight) {
        begin(asker);
        T outcome;
        try {
            outcome = attempt.get();
        } catch (RuntimeException e) { // without a verdict a client was told nothing
            undo(asker);
            throw e;
        }
        if (isRight.test(outcome)) {
            undo(asker);
            addresses.right(asker.from().one());
            known.put(asker.pair(), true);
        } else {
            known.invalidate(asker.pair());
        }
        return outcome;
    }

    private void begin(Asker asker) {
        if (!isKnown(asker)) {
            names.requireWithinLimit(asker.name());
            addresses.requireMoreRightOrWithinLimit(asker.from().one());
        }
        names.begin(asker.name());
        addresses.begin(asker.from().one());
    }

    private void undo(Asker asker) {
        names.undo(asker.name());
        addresses.undo(asker.from().one());
    }

    /** Whether that name was right lately from that address, and not wrong since. */
    boolean isKnown(Asker asker) {
        return known.getIfPresent(asker.pair()) != null;
    }
}
