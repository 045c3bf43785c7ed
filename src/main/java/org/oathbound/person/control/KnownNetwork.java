package org.oathbound.person.control;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.GeneralizedTime;

/**
 * A network from which a person has signed in completely of late; her wrong passwords from there are counted apart from those of
 * strangers. As a value of her enrolment: {@code {network} {seen} {failures} {lockedUntil or -}}.
 *
 * @param network as {@link org.oathbound.password.ClientNetwork#network} writes it
 * @param seen when she last signed in from there; written at most once a day
 * @param failures wrong passwords in a row
 * @param lockedUntil until when none is right; null where too few were wrong
 */
record KnownNetwork(
        String network,
        Instant seen,
        int failures,
        @Nullable Instant lockedUntil) {

    /** How many are kept of one person. */
    static final int MAX = 4;

    private static final Duration KNOWN_FOR = Duration.ofDays(7);
    private static final Duration WRITTEN_EACH = Duration.ofDays(1);

    static KnownNetwork parse(String value) {
        String[] parts = value.split(" ", -1);
        return new KnownNetwork(
                parts[0],
                GeneralizedTime.parse(parts[1]),
                Integer.parseInt(parts[2]),
                parts[3].equals("-") ? null : GeneralizedTime.parse(parts[3]));
    }

    String text() {
        return network + " " + GeneralizedTime.of(seen) + " " + failures + " "
                + (lockedUntil == null ? "-" : GeneralizedTime.of(lockedUntil));
    }

    /** Whether it is still known. */
    boolean isKnown(Instant now) {
        return now.isBefore(seen.plus(KNOWN_FOR));
    }

    /** After a complete sign-in. */
    KnownNetwork signedIn(Instant now) {
        boolean isWritten = Duration.between(seen, now).abs().compareTo(WRITTEN_EACH) < 0;
        return new KnownNetwork(network, isWritten ? seen : now, 0, null);
    }

    KnownNetwork failed(int count, @Nullable Instant until) {
        return new KnownNetwork(network, seen, count, until);
    }

    KnownNetwork cleared() {
        return new KnownNetwork(network, seen, 0, null);
    }
}
