package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.oathbound.audit.AuditContext;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.directory.Schema;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Lockout;
import org.oathbound.password.Asker;
import org.oathbound.password.ClientNetwork;
import org.oathbound.password.SlowHash;
import org.oathbound.problem.Contention;

/**
 * Checks passwords. Each wrong one is counted on the person's enrolment before its answer leaves ({@link PasswordFailures}); the
 * tenth in a row begins a cool-down in which none is right, and each further one the next, twice as long, as for tokens. For an
 * unknown person the same hash is made, and a write of the same kind, so the time that it takes tells nothing. The
 * password of a person of a corporate directory is checked there; wrong ones are counted here: the first creates the
 * enrolment. Where an attempt comes from is what the audit knows of it.
 */
@ApplicationScoped
public class Passwords {

    static final int LIMIT = 10;

    private static final int COUNTS = 1024;

    private final Directory directory;
    private final Enrolments enrolments;
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
            CorporatePeople corporate,
            SlowHash hash,
            PaddingEntries padding,
            CurrentSettings settings,
            Clock clock) {
        this.directory = directory;
        this.enrolments = enrolments;
        this.corporate = corporate;
        this.hash = hash;
        this.padding = padding;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Whether that is the person's password, and not one that must be changed first; what came before is over then.
     *
     * @param person as read a moment ago. It is not read again, but where a wrong password of the same person was counted while
     *     this one was hashed
     */
    public boolean check(Environment environment, FoundPerson person, String password) {
        return check(environment, person, password, !mustChange(person));
    }

    /**
     * Whether that is the person's password, and one that must be changed: it is good for that alone. Any other costs as much as
     * a wrong one.
     */
    public boolean isToBeChanged(Environment environment, FoundPerson person, String password) {
        return check(environment, person, password, mustChange(person));
    }

    /** Whether that is the person's password, to be changed or not. */
    public boolean isCurrent(Environment environment, FoundPerson person, String password) {
        return check(environment, person, password, true);
    }

    /** @param isGood whether the right password is good for what it is checked for */
    private boolean check(Environment environment, FoundPerson person, String password, boolean isGood) {
        Attempt attempt = attempt(environment, person, Set.of(password));
        if (!attempt.isRight(password)) {
            attempt.wrong();
        } else if (isGood) {
            return attempt.settle(PasswordFailures::cleared);
        } else {
            attempt.inVain();
        }
        return false;
    }

    private static boolean mustChange(FoundPerson person) {
        return person instanceof FoundPerson.Own own && PersonEntry.mustChangePassword(own.identity());
    }

    /** Takes as long as an attempt with wrong passwords, and counts for no person. */
    public void refuse(Set<String> passwords) {
        hash.matching(asker(""), "", passwords);
        padding.write();
    }

    /**
     * Compares each of these with the person's password; nothing is counted before the attempt is told what came of it. While the
     * person is locked or disabled, none is right, and a corporate directory is not asked: it counts, too.
     *
     * @param person as read a moment ago
     */
    public Attempt attempt(Environment environment, FoundPerson person, Set<String> passwords) {
        long before = counted.get(count(person.id()));
        Optional<ReadOnlyEntry> stored = person.stored();
        boolean isRefused = stored.filter(this::isRefused).isPresent();
        Set<String> right = right(environment, person, passwords, isRefused);
        if (counted.get(count(person.id()))
                != before) { // a lock that others have brought about holds for this one, too
            stored = enrolments.open(environment, person.id());
            if (stored.filter(this::isRefused).isPresent()) {
                right = Set.of();
            }
        }
        return new Attempt(environment, person, right, stored);
    }

    private Set<String> right(Environment environment, FoundPerson person, Set<String> passwords, boolean isRefused) {
        if (person instanceof FoundPerson.Corporate && !isRefused) {
            return passwords.stream()
                    .filter(password -> corporate.isPassword(environment, person.enrolment(), password))
                    .collect(Collectors.toSet());
        }
        String stored = isRefused ? null : person.queried().getAttributeValue(Schema.USER_PASSWORD);
        return hash.matching(asker(person.id().toString()), stored == null ? "" : stored, passwords);
    }

    private static Asker asker(String name) {
        return Asker.of(name, AuditContext.current().address());
    }

    /** What was typed by somebody, compared; it is told once what came of it. */
    public final class Attempt {

        private final Environment environment;
        private final FoundPerson person;
        private final Set<String> right;
        private final Optional<ReadOnlyEntry> read;

        private Attempt(Environment environment, FoundPerson person, Set<String> right, Optional<ReadOnlyEntry> read) {
            this.environment = environment;
            this.person = person;
            this.right = right;
            this.read = read;
        }

        public boolean isRight(String password) {
            return right.contains(password);
        }

        /** Counts one wrong password; one write, also where the person is locked or disabled and nothing is counted. */
        public void wrong() {
            counted.incrementAndGet(count(person.id()));
            settle(failures -> failures.counted(
                    new Lockout(LIMIT, settings.of(environment).fobs().coolDown())));
        }

        /** The password is right, and something else is not: one write, as for one that is wrong. */
        public void inVain() {
            padding.write();
        }

        /**
         * The person has signed in completely: the network is known from now on, and what was counted of it is over. Writes at
         * most once a day where nothing was counted.
         *
         * @return false when the person was locked or disabled meanwhile, or has to change the password first
         */
        public boolean signedIn() {
            if (mustChange(person)) {
                inVain();
                return false;
            }
            return settle(PasswordFailures::signedIn);
        }

        /** False when the person is locked, disabled, or gone. */
        private boolean settle(Function<PasswordFailures, Entry> change) {
            Optional<Boolean> first = read.isPresent() ? change(read.get(), change) : Optional.empty();
            return first.orElseGet(() -> Contention.settle(() -> {
                Optional<ReadOnlyEntry> stored = enrolments.open(environment, person.id());
                return stored.isPresent() ? change(stored.get(), change) : begin(change);
            }));
        }

        /** Empty when another writer was faster. */
        private Optional<Boolean> change(ReadOnlyEntry seen, Function<PasswordFailures, Entry> change) {
            if (isRefused(seen)) {
                padding.write();
                return Optional.of(false);
            }
            Entry after = change.apply(failures(seen));
            boolean stands = after.equals(seen.duplicate()) || directory.modifyIfUnchanged(seen, after);
            return stands ? Optional.of(true) : Optional.empty();
        }

        /** Of a person of a corporate directory nothing is kept here until something is to be counted. */
        private Optional<Boolean> begin(Function<PasswordFailures, Entry> change) {
            boolean isCorporate = person instanceof FoundPerson.Corporate;
            if (!isCorporate || !right.isEmpty()) {
                padding.write();
                return Optional.of(isCorporate);
            }
            Entry begun = change.apply(failures(EnrolmentEntry.of(environment, person.enrolment())));
            return directory.add(begun) ? Optional.of(true) : Optional.empty();
        }
    }

    /** Whether no password is right: after too many wrong ones for a while, and of a person who is disabled always. */
    private boolean isRefused(Entry enrolment) {
        return !EnrolmentEntry.isEnabled(enrolment) || failures(enrolment).isLocked();
    }

    private PasswordFailures failures(Entry enrolment) {
        String network = ClientNetwork.of(AuditContext.current().address())
                .map(ClientNetwork::network)
                .orElse(null);
        return new PasswordFailures(enrolment, network, GeneralizedTime.now(clock));
    }

    private static int count(UUID person) {
        return Math.floorMod(person.hashCode(), COUNTS);
    }
}
