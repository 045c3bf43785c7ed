package org.oathbound.directoryapi.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.Permission;
import org.oathbound.audit.AuditContext;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.NewPassword;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/** Another password (RFC 3062): by the old one, by a session of the person's own, or by whoever may change people. */
@ApplicationScoped
public class PasswordChange {

    private final Accounts accounts;
    private final Persons persons;
    private final RoleHolders holders;

    @Inject
    public PasswordChange(Accounts accounts, Persons persons, RoleHolders holders) {
        this.accounts = accounts;
        this.persons = persons;
        this.holders = holders;
    }

    /**
     * Sets a password.
     *
     * @param caller null for nobody
     * @param before the password that there is; null when it is the caller who may
     * @param wanted null when one is to be made
     * @return the one that was made
     * @throws Problem.Unauthenticated for a wrong password or nobody of that name, and where neither password nor caller is
     * @throws Problem.Forbidden when the caller may not
     * @throws Problem.NotFound when there is nobody of that name, for a caller who may know
     */
    public Optional<String> change(
            @Nullable Caller caller, Account account, @Nullable String before, @Nullable String wanted) {
        Environment environment = account.environment();
        Person person = before == null
                ? byCaller(caller, account)
                : accounts.byPassword(account, before)
                        .orElseThrow(() -> new Problem.Unauthenticated("Name or password is wrong."));
        if (caller == null) {
            AuditContext.become(AuditContext.current().by("person:" + person.id()));
        }
        AuditContext.become(AuditContext.current().in(environment.id()).about(person.id(), person.id()));
        String password = wanted == null ? NewPassword.generate() : wanted;
        persons.setPassword(environment, person.id(), password);
        return wanted == null ? Optional.of(password) : Optional.empty();
    }

    private Person byCaller(@Nullable Caller caller, Account account) {
        if (caller == null) {
            throw new Problem.Unauthenticated("Neither a password nor an access token is there.");
        }
        Environment environment = account.environment();
        boolean isAtHome = caller.environment().id().equals(environment.id());
        Optional<Person> himself = account.person().filter(person -> isAtHome && caller.is(person.id()));
        if (himself.isPresent()) {
            return himself.get();
        }
        if (!isAtHome || !caller.may(Permission.UPDATE_USER)) {
            throw new Problem.Forbidden("None of the caller's roles permits this.");
        }
        Person person = account.person().orElseThrow(() -> new Problem.NotFound("There is no such user."));
        holders.requireMayChange(caller, environment, person.id());
        return person;
    }
}
