package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Problem;

/**
 * Who may change what is a person's without a proof of that person's: himself, and whoever has the permission, but for
 * somebody who stands above him.
 */
@ApplicationScoped
class Entitlement {

    /** Whether {@link #person} tells him whom it is about. */
    boolean has(Requester requester, Account account, Permission permission) {
        Environment environment = account.environment();
        return account.person()
                .map(person ->
                        requester.is(environment, person.id()) || mayFor(requester, environment, person, permission))
                .orElseGet(() -> requester.may(permission, environment));
    }

    /**
     * Whom it is about, for somebody who may.
     *
     * @throws Problem.Forbidden when he may not
     * @throws Problem.NotFound when there is nobody of that name, for whoever may know
     */
    FoundPerson person(Requester requester, Account account, Permission permission) {
        if (!has(requester, account, permission)) {
            throw new Problem.Forbidden(
                    requester.may(permission, account.environment())
                            ? "The user holds a role that is above the caller's."
                            : "None of the caller's roles permits this.");
        }
        return account.person().orElseThrow(() -> new Problem.NotFound("There is no such user."));
    }

    /** Whether he may do it for that person as for any other. */
    boolean mayFor(Requester requester, Environment environment, FoundPerson person, Permission permission) {
        return requester.may(permission, environment) && requester.mayChangeHolderOf(RoleHolders.of(person.stored()));
    }
}
