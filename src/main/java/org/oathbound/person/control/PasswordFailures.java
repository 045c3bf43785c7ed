package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Lockout;

/**
 * The wrong passwords that are counted on an enrolment: for each network that the person is known in, and for all strangers
 * together, each with a cool-down of its own. So a stranger does not lock out somebody who comes from where she signed in
 * lately. Who comes from her network, behind one gateway for example, can't be told from her.
 *
 * @param network where the attempt comes from; null where that is not known, which counts as a stranger's
 */
record PasswordFailures(Entry enrolment, @Nullable String network, Instant now) {

    /** Whether so many were wrong that none is right for a while. */
    boolean isLocked() {
        Optional<KnownNetwork> known = here();
        Instant until =
                known.isPresent() ? known.get().lockedUntil() : Attributes.timeOrNull(enrolment, Schema.LOCKED_UNTIL);
        return until != null && now.isBefore(until);
    }

    /** The enrolment after one wrong password more. */
    Entry counted(Lockout lockout) {
        Optional<KnownNetwork> known = here();
        if (known.isPresent()) {
            int count = known.get().failures() + 1;
            return with(known.get().failed(count, until(lockout, count)));
        }
        Integer before = enrolment.getAttributeValueAsInteger(Schema.PASSWORD_FAILURES);
        int count = before == null ? 1 : before + 1;
        Entry after = Attributes.with(enrolment, Schema.PASSWORD_FAILURES, count);
        Attributes.put(after, Schema.LOCKED_UNTIL, until(lockout, count));
        return after;
    }

    /** The enrolment after a right one: what was counted of those who come from there is over. */
    Entry cleared() {
        Optional<KnownNetwork> known = here();
        return known.isPresent() ? with(known.get().cleared()) : withoutStrangers(enrolment.duplicate());
    }

    /** The enrolment after a complete sign-in: the same, and the network is known from now on. */
    Entry signedIn() {
        Optional<KnownNetwork> known = here();
        if (known.isPresent()) {
            return with(known.get().signedIn(now));
        }
        Entry after = withoutStrangers(enrolment.duplicate());
        return network == null
                ? after
                : new PasswordFailures(after, network, now).with(new KnownNetwork(network, now, 0, null));
    }

    /** The enrolment without any lock or failure, wherever they came from. */
    static Entry unlocked(Entry enrolment) {
        Entry after = withoutStrangers(enrolment.duplicate());
        Attributes.put(
                after,
                Schema.KNOWN_NETWORK,
                networks(enrolment).map(known -> known.cleared().text()).toList());
        return after;
    }

    /** When the last of the locks ends, or has ended; empty where there is none. */
    static Optional<Instant> lastLock(Entry enrolment) {
        return Stream.concat(
                        Stream.ofNullable(Attributes.timeOrNull(enrolment, Schema.LOCKED_UNTIL)),
                        networks(enrolment).map(KnownNetwork::lockedUntil).filter(Objects::nonNull))
                .max(Comparator.naturalOrder());
    }

    private Optional<KnownNetwork> here() {
        return networks(enrolment)
                .filter(known -> known.network().equals(network) && known.isKnown(now))
                .findFirst();
    }

    private static Stream<KnownNetwork> networks(Entry enrolment) {
        return UnreadableEntries.naming(
                enrolment.getDN(),
                () ->
                        Attributes.values(enrolment, Schema.KNOWN_NETWORK).stream()
                                .map(KnownNetwork::parse)
                                .toList()
                                .stream());
    }

    /** In place of what was known of that network; of too many the one that was seen last goes. */
    private Entry with(KnownNetwork changed) {
        List<KnownNetwork> all = new ArrayList<>(networks(enrolment)
                .filter(known -> !known.network().equals(changed.network()))
                .sorted(Comparator.comparing(KnownNetwork::seen).reversed())
                .limit(KnownNetwork.MAX - 1L)
                .toList());
        all.add(changed);
        return Attributes.with(
                enrolment,
                Schema.KNOWN_NETWORK,
                all.stream().map(KnownNetwork::text).toList());
    }

    private static Entry withoutStrangers(Entry after) {
        after.removeAttribute(Schema.PASSWORD_FAILURES);
        after.removeAttribute(Schema.LOCKED_UNTIL);
        return after;
    }

    private @Nullable Instant until(Lockout lockout, int failures) {
        Duration coolDown = lockout.after(failures);
        return coolDown.isZero() ? null : now.plus(coolDown);
    }
}
