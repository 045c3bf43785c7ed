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
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.directory.Schema;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.password.SlowHash;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Contention;

/**
 * Checks passwords. Each wrong one is counted on the person's enrolment before its answer leaves; the tenth in a row
 * begins a cool-down in which none is right, and each further one the next, twice as long, as for tokens. For an
 * unknown person the same hash is made, and a write of the same kind, so the time that it takes tells nothing. The
 * password of a person of a corporate directory is checked there, once; wrong ones are counted here: the first creates
 * the enrolment.
 */
@ApplicationScoped
public class Passwords {

    static final int LIMIT = 10;

    private static final int COUNTS = 1024;

    private final Directory directory;
    private final Enrolments enrolments;
    private final FindPerson lookup;
    private final CorporatePeople corporate;
    private final SlowHash hash;
    private final PaddingEntries padding;
    private final CurrentSettings settings;
    private final Clock clock;

    /** How many wrong passwords this process has counted, of people whose ids share a hash. */
    private final AtomicLongArray counted = new AtomicLongArray(COUNTS);

    @Inject
    Passwords(
            Directory directory,
            Enrolments enrolments,
            FindPerson lookup,
            CorporatePeople corporate,
            SlowHash hash,
            PaddingEntries padding,
            CurrentSettings settings,
            Clock clock) {
        this.directory = directory;
        this.enrolments = enrolments;
        this.lookup = lookup;
        this.corporate = corporate;
        this.hash = hash;
        this.padding = padding;
        this.settings = settings;
        this.clock = clock;
    }

    /** The person of that user name, if that is the password. */
    public Optional<FoundPerson> check(Environment environment, String username, String password) {
        Optional<FoundPerson> found =
                Username.isUsername(username) ? lookup.find(environment, new Username(username)) : Optional.empty();
        if (found.isEmpty()) {
            refuse(password);
        }
        return found.filter(person -> check(environment, person, password));
    }

    /**
     * Whether that is the person's password.
     *
     * @param person as read a moment ago. It is not read again, but where a wrong password of the same person was counted while
     *     this one was hashed
     */
    public boolean check(Environment environment, FoundPerson person, String password) {
        long before = counted.get(count(person.id()));
        if (person instanceof FoundPerson.Corporate theirs) {
            return checkThere(environment, theirs, password, before);
        }
        String stored = person.queried().getAttributeValue(Schema.USER_PASSWORD);
        boolean matches = hash.matches(stored == null ? "" : stored, password);
        return settle(environment, person, matches, before);
    }

    /** Takes as long as {@link #check} with a wrong password, and counts for no person. */
    public void refuse(String password) {
        hash.matches("", password);
        padding.write();
    }

    /** Whether so many wrong ones have come that nothing is judged for a while. */
    public boolean isLocked(FoundPerson person) {
        Instant now = clock.instant();
        return person.stored().filter(entry -> isLocked(entry, now)).isPresent();
    }

    /** Their directory is not asked while the person is locked here: it counts, too. */
    private boolean checkThere(
            Environment environment, FoundPerson.Corporate person, String password, long countedBefore) {
        if (isLocked(person)) {
            refuse(password);
            return false;
        }
        boolean matches = corporate.isPassword(environment, person.enrolment(), password);
        if (person.stored().isPresent()
                || (matches && enrolments.open(environment, person.id()).isPresent())) {
            return settle(environment, person, matches, countedBefore);
        } else if (matches) {
            padding.write(); // nothing of this person is kept here yet
            return true;
        }
        counted.incrementAndGet(count(person.id()));
        Entry enrolment = EnrolmentEntry.of(environment, person.enrolment());
        boolean isCounted = directory.add(counted(enrolment, lockout(environment), clock.instant()));
        return !isCounted && settle(environment, person, false, countedBefore);
    }

    private Lockout lockout(Environment environment) {
        return new Lockout(LIMIT, settings.of(environment).fobs().coolDown());
    }

    /**
     * Whether a password that matches or not lets in, as it is counted. Its first attempt is made on the enrolment as it was read
     * before the hash, unless others were counted meanwhile: a lock that they have brought about holds for this one, too.
     */
    private boolean settle(Environment environment, FoundPerson person, boolean matches, long countedBefore) {
        Instant now = clock.instant();
        boolean isFresh = counted.get(count(person.id())) == countedBefore;
        if (!matches) {
            counted.incrementAndGet(count(person.id()));
        }
        ReadOnlyEntry read = isFresh ? person.stored().orElse(null) : null;
        Optional<Boolean> first = read == null ? Optional.empty() : settle(environment, read, matches, now);
        return first.orElseGet(() -> Contention.settle(() ->
                settle(environment, enrolments.open(environment, person.id()).orElse(null), matches, now)));
    }

    /** Empty when another writer was faster. */
    private Optional<Boolean> settle(
            Environment environment, @Nullable ReadOnlyEntry seen, boolean matches, Instant now) {
        if (seen == null || isLocked(seen, now)) {
            padding.write();
            return Optional.of(false);
        }
        Entry after = matches ? cleared(seen) : counted(seen, lockout(environment), now);
        boolean stands = after.equals(seen.duplicate()) || directory.modifyIfUnchanged(seen, after);
        return stands ? Optional.of(matches) : Optional.empty();
    }

    private static int count(UUID person) {
        return Math.floorMod(person.hashCode(), COUNTS);
    }

    private static boolean isLocked(Entry entry, Instant now) {
        return entry.hasAttribute(Schema.LOCKED_UNTIL)
                && now.isBefore(GeneralizedTime.parse(entry.getAttributeValue(Schema.LOCKED_UNTIL)));
    }

    private static Entry cleared(Entry entry) {
        Entry after = entry.duplicate();
        after.removeAttribute(Schema.PASSWORD_FAILURES);
        after.removeAttribute(Schema.LOCKED_UNTIL);
        return after;
    }

    private static Entry counted(Entry entry, Lockout lockout, Instant now) {
        Integer before = entry.getAttributeValueAsInteger(Schema.PASSWORD_FAILURES);
        int failures = before == null ? 1 : before + 1;
        Entry after = entry.duplicate();
        after.setAttribute(Schema.PASSWORD_FAILURES, String.valueOf(failures));
        Duration coolDown = lockout.after(failures);
        if (!coolDown.isZero()) {
            after.setAttribute(Schema.LOCKED_UNTIL, GeneralizedTime.of(now.plus(coolDown)));
        }
        return after;
    }
}
