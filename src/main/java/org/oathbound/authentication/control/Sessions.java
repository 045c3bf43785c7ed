package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.access.control.Applications;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.PersonSession;
import org.oathbound.authentication.entity.Account;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.entity.Presented;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.problem.Problem;

/** Lets people and applications in by what they type. {@link Problem.Unavailable} from each method when there is no verdict. */
@ApplicationScoped
public class Sessions {

    private final Enrolments enrolments;
    private final SignIn signIn;
    private final Applications applications;
    private final RoleHolders holders;

    @Inject
    Sessions(Enrolments enrolments, SignIn signIn, Applications applications, RoleHolders holders) {
        this.enrolments = enrolments;
        this.signIn = signIn;
        this.applications = applications;
        this.holders = holders;
    }

    /**
     * Who that is, by one line.
     *
     * @param secret an application's secret; a person's password, or password and the code behind it
     */
    public Optional<Caller> caller(Account account, String secret) {
        Environment environment = account.environment();
        Optional<UUID> application = account.application();
        if (application.isPresent()) {
            return applications
                    .authenticate(environment, application.get(), secret)
                    .map(found -> Caller.application(environment, found));
        }
        return signIn(account, new Presented.Joined(secret)).map(session -> caller(environment, session));
    }

    /**
     * A person who is let in by that, for longer than one request. Of one who lives in a corporate directory the enrolment
     * begins, at the latest, here: without it an access token is nobody's.
     */
    public Optional<PersonSession> begin(Account account, Presented presented) {
        Optional<PersonSession> session = signIn(account, presented);
        session.flatMap(begun -> account.person())
                .ifPresent(person -> enrolments.keep(account.environment(), person.enrolment()));
        return session;
    }

    /** A person who is let in by that. */
    public Optional<PersonSession> signIn(Account account, Presented presented) {
        return signIn.signIn(account.environment(), account.person(), presented)
                .map(in -> new PersonSession(in.person().id(), in.withCode()));
    }

    /** Whoever has that session, with his roles. */
    public Caller caller(Environment environment, PersonSession session) {
        return Caller.person(environment, session, holders.of(environment, session.person()));
    }
}
