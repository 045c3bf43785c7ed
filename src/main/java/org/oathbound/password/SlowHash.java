package org.oathbound.password;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.oathbound.problem.Problem;

/**
 * Hashes secrets and passwords of those who come without an access token, a few at once ({@link HashQueue}). It takes as long where
 * nothing was stored, and nothing matches then. {@link Problem.Unavailable} when too many are asking at once.
 */
@ApplicationScoped
public class SlowHash {

    private final GuessLimit guesses;
    private final RecentSecrets recent = new RecentSecrets();

    @Inject
    public SlowHash(GuessLimit guesses) {
        this.guesses = guesses;
    }

    /** A hash to be stored. */
    public String of(String secret) {
        return PasswordHash.of(secret);
    }

    /** A hash to be stored, of a secret that shall be good beside another one for a while; one hash compares with both. */
    public String beside(String other, String secret) {
        return PasswordHash.beside(other, secret);
    }

    /**
     * Those of the secrets that are the one that was stored; they have one turn. Nothing is counted: that is the caller's.
     *
     * @param stored empty where there is nothing to compare with
     */
    public Set<String> matching(Asker asker, String stored, Set<String> secrets) {
        List<String> known = stored.isEmpty() ? List.of() : List.of(stored);
        return secrets.isEmpty()
                ? Set.of()
                : inTurn(asker, () -> secrets.stream()
                        .filter(secret -> isAnyOf(known, secret))
                        .collect(Collectors.toSet()));
    }

    /**
     * Whether a password is the one that was stored. A wrong one is counted.
     *
     * @param stored empty where there is nothing to compare with
     * @throws Problem.Limited when there were too many wrong ones before
     */
    public boolean isPassword(Asker asker, String stored, String password) {
        return guesses.counted(
                asker, () -> !matching(asker, stored, Set.of(password)).isEmpty(), isRight -> isRight);
    }

    /**
     * Whether an application's secret is one that is good now; one that was right lately costs no slow hash. A wrong one is counted.
     *
     * @param application its DN
     * @param stored as read for this request, none of an application that may not come in; each stored {@linkplain #beside beside}
     *     the one before
     * @throws Problem.Limited when there were too many wrong ones before
     */
    public boolean isSecret(Asker asker, String application, List<String> stored, String secret) {
        return guesses.counted(asker, () -> isGood(asker, application, stored, secret), isRight -> isRight);
    }

    private boolean isGood(Asker asker, String application, List<String> stored, String secret) {
        if (!stored.isEmpty() && recent.wasRight(application, stored, secret)) {
            return true;
        }
        boolean isRight = inTurn(asker, () -> isAnyOf(stored, secret));
        if (isRight) {
            recent.keep(application, stored, secret);
        }
        return isRight;
    }

    boolean isAnyOf(List<String> stored, String secret) {
        return PasswordHash.isAnyOf(stored, secret);
    }

    private <T> T inTurn(Asker asker, Supplier<T> work) {
        return HashQueue.SHARED.compute(asker.from(), guesses.isKnown(asker), work);
    }
}
