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
import org.oathbound.directory.Contention;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.password.SlowHash;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Username;

/**
 * Checks passwords. Each wrong one is counted on the person's enrolment before its answer leaves; the tenth in a row begins
 * a cool-down in which none is right, and each further one the next, twice as long, as tokens have it. Where there is nobody
 * the same hash is made, and a write of the same kind: the time that it takes tells nothing. Whoever lives in a corporate
 * directory has his password checked there, once; what is counted is counted here: the first wrong one makes the enrolment.
 */
@ApplicationScoped
public class Passwords {

    static final int LIMIT = 10;

    private final Directory directory;
    private final FindPerson lookup;
    private final CorporatePeople corporate;
    private final SlowHash hash;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    Passwords(
            Directory directory,
            FindPerson lookup,
            CorporatePeople corporate,
            SlowHash hash,
            CurrentSettings settings,
            Clock clock) {
        this.directory = directory;
        this.lookup = lookup;
        this.corporate = corporate;
        this.hash = hash;
        this.settings = settings;
        this.clock = clock;
    }

    /** The person of that user name, if that is his password. */
    public Optional<Person> check(Environment environment, String username, String password) {
        Optional<FoundPerson> found =
                Username.isUsername(username) ? lookup.find(environment, new Username(username)) : Optional.empty();
        if (found.isEmpty()) {
            refuse(environment, password);
        }
        return found.map(FoundPerson::person).filter(person -> check(environment, person, password));
    }

    /**
     * Whether that is the person's password; no for somebody who is gone.
     *
     * @param person as he was found a moment ago
     */
    public boolean check(Environment environment, Person person, String password) {
        return CorporatePeople.isTheirs(environment, person.enrolment())
                ? checkThere(environment, person, password)
                : checkHere(environment, person.id(), password);
    }

    /** Takes as long as {@link #check} with a wrong password, and counts for nobody. */
    public void refuse(Environment environment, String password) {
        hash.matches("", password);
        writeNothing(environment);
    }

    /** A write like that of a wrong password or code, which changes nothing but the revision of the environment's entry. */
    public void writeNothing(Environment environment) {
        directory
                .read(environment.base())
                .ifPresent(entry -> directory.modifyIfUnchanged(entry, entry)); // lost to another: it cost the same
    }

    /** Whether so many wrong ones have come that nothing is judged for a while. */
    public boolean isLocked(Environment environment, UUID person) {
        Instant now = clock.instant();
        return open(environment, person).filter(entry -> isLocked(entry, now)).isPresent();
    }

    private boolean checkHere(Environment environment, UUID person, String password) {
        Optional<String> stored =
                lookup.find(environment, person).map(found -> found.queried().getAttributeValue(Schema.USER_PASSWORD));
        boolean matches = hash.matches(stored.orElse(""), password);
        return settle(environment, person, matches);
    }

    /** Their directory is not asked while he is locked here: it counts, too. */
    private boolean checkThere(Environment environment, Person person, String password) {
        if (isLocked(environment, person.id())) {
            refuse(environment, password);
            return false;
        }
        boolean matches = corporate.isPassword(environment, person.enrolment(), password);
        if (open(environment, person.id()).isPresent()) {
            return settle(environment, person.id(), matches);
        } else if (matches) {
            writeNothing(environment); // nothing of this person is kept here yet
            return true;
        }
        Entry enrolment = EnrolmentEntry.of(environment, person.enrolment());
        boolean isCounted = directory.add(counted(enrolment, lockout(environment), clock.instant()));
        return !isCounted && settle(environment, person.id(), false);
    }

    private Lockout lockout(Environment environment) {
        return new Lockout(LIMIT, settings.of(environment).fobs().coolDown());
    }

    /** Whether a password that matches or not lets him in, as it is counted. */
    private boolean settle(Environment environment, UUID person, boolean matches) {
        Instant now = clock.instant();
        Lockout lockout = lockout(environment);
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = open(environment, person).filter(entry -> !isLocked(entry, now));
            if (seen.isEmpty()) {
                writeNothing(environment);
                return Optional.of(false);
            }
            Entry after = matches ? cleared(seen.get()) : counted(seen.get(), lockout, now);
            boolean stands = after.equals(seen.get().duplicate()) || directory.modifyIfUnchanged(seen.get(), after);
            return stands ? Optional.of(matches) : Optional.empty();
        });
    }

    private Optional<ReadOnlyEntry> open(Environment environment, UUID person) {
        return directory.read(EnrolmentEntry.dn(environment, person)).filter(entry -> !EnrolmentEntry.isClosed(entry));
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
