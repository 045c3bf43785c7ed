package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requester;
import org.oathbound.application.entity.Permission;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.NewPassword;
import org.oathbound.problem.Problem;

/**
 * Another password (RFC 3062), for whoever is {@linkplain Entitlement entitled} to it. The one before is no proof of its own:
 * it would do without the code that the person may need to come in.
 */
@ApplicationScoped
public class PasswordChange {

    private final FindAccount accounts;
    private final Entitlement entitlement;
    private final Persons persons;

    @Inject
    PasswordChange(FindAccount accounts, Entitlement entitlement, Persons persons) {
        this.accounts = accounts;
        this.entitlement = entitlement;
        this.persons = persons;
    }

    /**
     * Sets a password.
     *
     * @param before checked where it is sent
     * @param wanted null when one is to be made
     * @return the one that was made; empty when it was sent
     * @throws Problem.Forbidden when who asks may not
     * @throws Problem.NotFound when there is nobody of that name, for whoever may know
     * @throws Problem.InvalidData when a password must not be like that; the one before is not judged then
     * @throws Problem.Unauthenticated when the one before is wrong
     */
    public Optional<String> change(
            Requester requester, Account account, @Nullable String before, @Nullable String wanted) {
        FoundPerson person = entitlement.person(requester, account, Permission.UPDATE_USER);
        String password = wanted == null ? NewPassword.generate() : wanted;
        NewPassword.fault("newPassword", password).ifPresent(fault -> {
            throw new Problem.InvalidData(fault);
        });
        if (before != null && accounts.byPassword(account, before).isEmpty()) {
            throw new Problem.Unauthenticated("The old password is wrong.");
        }
        persons.setPassword(account.environment(), person.id(), password);
        return wanted == null ? Optional.of(password) : Optional.empty();
    }
}
