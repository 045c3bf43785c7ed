package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.oathbound.directory.Contention;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.SlowHash;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Username;

/**
 * Checks passwords. Each wrong one is counted on the person's enrolment before its answer leaves; after ten in a row no
 * password is right for a quarter of an hour, and each further wrong one begins another.
 */
@ApplicationScoped
public class Passwords {

    static final int LIMIT = 10;
    static final Duration COOL_DOWN = Duration.ofMinutes(15);

    private final Directory directory;
    private final Lookup lookup;
    private final SlowHash hash;
    private final Clock clock;

    @Inject
    Passwords(Directory directory, Lookup lookup, SlowHash hash, Clock clock) {
        this.directory = directory;
        this.lookup = lookup;
        this.hash = hash;
        this.clock = clock;
    }

    /** The person of that user name, if that is his password. Hashes as often where there is no such person. */
    public Optional<Person> check(Environment environment, String username, String password) {
        Optional<FoundPerson> found =
                Username.isUsername(username) ? lookup.find(environment, new Username(username)) : Optional.empty();
        String stored = found.map(person -> person.identity().getAttributeValue(Schema.USER_PASSWORD))
                .orElse("");
        boolean matches = hash.matches(stored, password);
        return found.filter(person -> settle(environment, person.id(), matches)).map(FoundPerson::person);
    }

    /** Whether a password that matches or not lets him in, as it is counted. */
    private boolean settle(Environment environment, UUID person, boolean matches) {
        Instant now = clock.instant();
        Predicate<Entry> isLocked = entry -> entry.hasAttribute(Schema.LOCKED_UNTIL)
                && now.isBefore(GeneralizedTime.parse(entry.getAttributeValue(Schema.LOCKED_UNTIL)));
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = directory
                    .read(EnrolmentEntry.dn(environment, person))
                    .filter(entry -> !EnrolmentEntry.isClosed(entry))
                    .filter(isLocked.negate());
            if (seen.isEmpty()) {
                return Optional.of(false);
            }
            Entry after = matches ? cleared(seen.get()) : counted(seen.get(), now);
            boolean stands = after.equals(seen.get().duplicate()) || directory.modifyIfUnchanged(seen.get(), after);
            return stands ? Optional.of(matches) : Optional.empty();
        });
    }

    private static Entry cleared(Entry entry) {
        Entry after = entry.duplicate();
        after.removeAttribute(Schema.PASSWORD_FAILURES);
        after.removeAttribute(Schema.LOCKED_UNTIL);
        return after;
    }

    private static Entry counted(Entry entry, Instant now) {
        Integer before = entry.getAttributeValueAsInteger(Schema.PASSWORD_FAILURES);
        int failures = before == null ? 1 : before + 1;
        Entry after = entry.duplicate();
        after.setAttribute(Schema.PASSWORD_FAILURES, String.valueOf(failures));
        if (failures >= LIMIT) {
            after.setAttribute(Schema.LOCKED_UNTIL, GeneralizedTime.of(now.plus(COOL_DOWN)));
        }
        return after;
    }
}
