package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The people of an environment who live in its corporate directory, if it has one. {@link Problem.Unavailable} from whatever
 * asks that directory when it does not answer.
 */
@ApplicationScoped
class CorporatePeople {

    private final CorporateDirectories directories;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    CorporatePeople(CorporateDirectories directories, CurrentSettings settings, Clock clock) {
        this.directories = directories;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the identity of an enrolment is theirs to change, there or gone. */
    static boolean isTheirs(Environment environment, Enrolment enrolment) {
        return !enrolment.identity().isDescendantOf(environment.base(), false);
    }

    Optional<CorporatePerson> find(Environment environment, UUID id) {
        return directories.of(environment).flatMap(directory -> directory.find(id));
    }

    Optional<CorporatePerson> find(Environment environment, Username username) {
        return directories.of(environment).flatMap(directory -> directory.find(username));
    }

    /** Empty for a name that is not below the base. */
    Optional<CorporatePerson> at(Environment environment, DN name) {
        return directories
                .of(environment)
                .filter(directory -> name.isDescendantOf(directory.settings().base(), true))
                .flatMap(directory -> directory.at(name));
    }

    /** Whom a query for parts of names and addresses finds, so many at most. */
    List<CorporatePerson> matching(Environment environment, PersonQuery query, int limit) {
        return directories
                .of(environment)
                .flatMap(directory -> query.elsewhere(directory.settings().usernameAttribute())
                        .map(filter -> directory.matching(filter, limit)))
                .orElse(List.of());
    }

    boolean isPassword(Environment environment, Enrolment enrolment, String password) {
        return directories
                .of(environment)
                .filter(directory -> directory.isPassword(enrolment.identity(), password))
                .isPresent();
    }

    /** The first enrolment of a person who has none yet; it is stored when there is something to store. */
    Enrolment begun(Environment environment, CorporatePerson person) {
        boolean mfaEnabled = settings.of(environment).mfaEnabled();
        return new Enrolment(
                person.id(), person.name(), true, List.of(), mfaEnabled, false, null, null, GeneralizedTime.now(clock));
    }

    static Problem.RequestFailed elsewhere() {
        return new Problem.RequestFailed(new Detail(
                DetailCode.CONSTRAINT_VIOLATION,
                null,
                "The user lives in the corporate directory, which is only read here: make the change there."));
    }
}
