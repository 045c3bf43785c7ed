package org.oathbound.directoryapi.control;

import com.unboundid.ldap.sdk.DN;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/** Finds people by what they are called at this door. */
@ApplicationScoped
public class Accounts {

    private final Environments environments;
    private final Persons persons;
    private final Passwords passwords;

    @Inject
    public Accounts(Environments environments, Persons persons, Passwords passwords) {
        this.environments = environments;
        this.persons = persons;
        this.passwords = passwords;
    }

    /** Whose entry has that name. */
    public Account at(DN name) {
        Optional<Environment> environment = persons.environmentOf(name);
        return new Account(environment.orElseGet(this::usual), environment.flatMap(found -> persons.at(found, name)));
    }

    /** Who has that user name, in the default environment. */
    public Account named(String username) {
        return new Account(usual(), persons.named(usual(), username));
    }

    /** The person, if that is his password; where there is nobody, or he is locked, it costs the same. */
    public Optional<Person> byPassword(Account account, String password) {
        Environment environment = account.environment();
        if (account.person().isEmpty()
                || passwords.isLocked(environment, account.person().get().id())) {
            passwords.refuse(environment, password);
            return Optional.empty();
        }
        return account.person().filter(person -> passwords.check(environment, person, password));
    }

    Environment usual() {
        return environments
                .defaultEnvironment()
                .orElseThrow(() -> new Problem.Corrupt("There is no default environment."));
    }
}
