package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Permission;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Problem;

/**
 * Which requesters may change what belongs to a person without a proof of that person's: the person, and a requester
 * with the permission, unless the person holds a role above the requester's.
 */
@ApplicationScoped
class Entitlement {

    /** Whether {@link #person} permits this requester. */
    boolean has(Requester requester, Account account, Permission permission) {
        Environment environment = account.environment();
        return account.person()
                .map(person ->
                        requester.is(environment, person.id()) || mayFor(requester, environment, person, permission))
                .orElseGet(() -> requester.may(permission, environment));
    }

    /**
     * The account's person, for a requester who is permitted.
     *
     * @throws Problem.Forbidden when the requester is not permitted
     * @throws Problem.NotFound when no person has that name and the requester is permitted
     */
    FoundPerson person(Requester requester, Account account, Permission permission) {
        if (!has(requester, account, permission)) {
            throw refused(requester, account, permission);
        }
        return account.person().orElseThrow(() -> new Problem.NotFound("There is no such user."));
    }

    static Problem.Forbidden refused(Requester requester, Account account, Permission permission) {
        return requester.may(permission, account.environment())
                ? new Problem.Forbidden("The user holds a role that is above the caller's.")
                : Permission.missing(List.of(permission));
    }

    /** Whether the requester's permission extends to this person. */
    boolean mayFor(Requester requester, Environment environment, FoundPerson person, Permission permission) {
        return requester.may(permission, environment) && requester.mayChangeHolderOf(RoleHolders.of(person.stored()));
    }
}
