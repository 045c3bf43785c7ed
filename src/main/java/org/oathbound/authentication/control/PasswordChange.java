package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requester;
import org.oathbound.application.entity.Permission;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.NewPassword;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Sets a new password (RFC 3062) for a requester who is {@linkplain Entitlement entitled} to it. The old password alone
 * is no proof: it would bypass the code that the person may need to sign in.
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
     * @param before the old password; checked where it is sent. One that must be changed permits that by itself
     * @param wanted the new password; null when one is to be generated
     * @return the generated password; empty when the new one was sent
     * @throws Problem.Forbidden when the requester is not permitted
     * @throws Problem.NotFound when no person has that name and the requester is permitted
     * @throws Problem.InvalidData when the new password breaks the rules; the old one is not judged then
     * @throws Problem.Unauthenticated when the old password is wrong
     */
    public Optional<String> change(
            Requester requester, Account account, @Nullable String before, @Nullable String wanted) {
        boolean isEntitled = entitlement.has(requester, account, Permission.UPDATE_USER);
        if (isEntitled || before == null) {
            entitlement.person(requester, account, Permission.UPDATE_USER);
        }
        String password = wanted == null ? NewPassword.generate() : wanted;
        NewPassword.fault("newPassword", password).ifPresent(fault -> {
            throw new Problem.InvalidData(fault);
        });
        FoundPerson person = isEntitled
                ? checked(account, before)
                : toChange(requester, account, Objects.requireNonNull(before), password);
        persons.setPassword(account.environment(), person.id(), password);
        return wanted == null ? Optional.of(password) : Optional.empty();
    }

    private FoundPerson checked(Account account, @Nullable String before) {
        if (before != null && accounts.byCurrentPassword(account, before).isEmpty()) {
            throw new Problem.Unauthenticated("The old password is wrong.");
        }
        return account.person().orElseThrow(() -> new Problem.NotFound("There is no such user."));
    }

    /** Whoever must change the password can't sign in to do it: the old one is enough, and good for nothing else. */
    private FoundPerson toChange(Requester requester, Account account, String before, String password) {
        if (before.equals(password)) {
            throw new Problem.InvalidData(new Detail(
                    DetailCode.CONSTRAINT_VIOLATION,
                    "newPassword",
                    "The new password must be another than the old one."));
        }
        return accounts.byPasswordToChange(account, before)
                .orElseThrow(() -> Entitlement.refused(requester, account, Permission.UPDATE_USER));
    }
}
