package org.oathbound.authentication.control;

import com.unboundid.ldap.sdk.DN;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.application.control.Applications;
import org.oathbound.audit.AuditContext;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.password.GuessLimit;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.control.Persons;
import org.oathbound.problem.Problem;

/** Finds people and applications by what the interfaces of a directory call them. The audit is told where, and whom. */
@ApplicationScoped
public class FindAccount {

    private final Environments environments;
    private final Persons persons;
    private final Passwords passwords;
    private final GuessLimit guesses;

    @Inject
    public FindAccount(Environments environments, Persons persons, Passwords passwords, GuessLimit guesses) {
        this.environments = environments;
        this.persons = persons;
        this.passwords = passwords;
        this.guesses = guesses;
    }

    /** The account whose entry has that name. */
    public Account at(DN name) {
        Optional<Environment> environment = persons.environmentOf(name);
        return told(new Account(
                environment.orElseGet(this::usual),
                name.toNormalizedString(),
                environment.flatMap(found -> persons.read(found, name)),
                environment.flatMap(found -> Applications.idIn(found, name))));
    }

    /** The account with that user name, in the default environment. */
    public Account named(String username) {
        Environment environment = usual();
        return told(new Account(environment, username, persons.read(environment, username), Optional.empty()));
    }

    /** The application of that client id, in the default environment. */
    public Account client(UUID id) {
        return told(new Account(usual(), id.toString(), Optional.empty(), Optional.of(id)));
    }

    /** The person, if that is the person's password; an unknown or locked person costs the same. */
    public Optional<FoundPerson> byPassword(Account account, String password) {
        return compared(account, password, passwords::check);
    }

    /** The same, also where the password must be changed. */
    Optional<FoundPerson> byCurrentPassword(Account account, String password) {
        return compared(account, password, passwords::isCurrent);
    }

    /** The person, if that is a password that the person must change; any other, and an unknown name, costs the same. */
    Optional<FoundPerson> byPasswordToChange(Account account, String password) {
        return compared(account, password, passwords::isToBeChanged);
    }

    private Optional<FoundPerson> compared(Account account, String password, Comparison comparison) {
        return guesses.counted(
                account.asker(),
                () -> {
                    if (account.person().isEmpty()) {
                        passwords.refuse(Set.of(password));
                    }
                    return account.person()
                            .filter(person -> comparison.isRight(account.environment(), person, password));
                },
                Optional::isPresent);
    }

    private interface Comparison {
        boolean isRight(Environment environment, FoundPerson person, String password);
    }

    private Environment usual() {
        return environments
                .defaultEnvironment()
                .orElseThrow(() -> new Problem.Corrupt("There is no default environment."));
    }

    private static Account told(Account account) {
        AuditContext known = AuditContext.current().in(account.environment().id());
        AuditContext.become(account.person()
                .map(person -> known.about(person.id(), person.id()))
                .orElse(known));
        return account;
    }
}
