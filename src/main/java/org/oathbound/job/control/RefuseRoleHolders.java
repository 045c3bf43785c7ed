package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.oathbound.device.control.TokenHolders;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.entity.TokenId;

/**
 * Keeps jobs away from people who hold a role, and from their tokens. The client of the job may have a lower role: the
 * client's roles are known during a call only.
 */
@Dependent
final class RefuseRoleHolders {

    private final Enrolments enrolments;
    private final TokenHolders holders;
    private final Pairings pairings;

    @Inject
    RefuseRoleHolders(Enrolments enrolments, TokenHolders holders, Pairings pairings) {
        this.enrolments = enrolments;
        this.holders = holders;
        this.pairings = pairings;
    }

    /** The fault of a row that names a person who holds a role; none for others. */
    Optional<Detail> person(Environment environment, UUID person, String target) {
        return fault(
                environment,
                Set.of(person),
                target,
                "The user holds a role; no job pairs or unpairs for him, a call of its own does.");
    }

    /** The fault of a row that revokes a token which somebody with a role has; none for others. */
    Optional<Detail> revocation(Environment environment, TokenId token, String target) {
        return fault(
                environment,
                pairings.holders(environment, token),
                target,
                "A user who holds a role has the token; no job revokes it, a call of its own does.");
    }

    /** The fault of a row that blocks or unblocks a device of a token which somebody with a role has; none for others. */
    Optional<Detail> change(Environment environment, TokenId token, String target) {
        return fault(
                environment,
                pairings.holders(environment, token),
                target,
                "A user who holds a role has the token; no job blocks or unblocks it, a call of its own does.");
    }

    /** Refuses a pairing for which a token is needed that somebody with a role has: {@link Problem.InvalidData}. */
    void requireNone(Environment environment, UUID person, NewDevice wanted) {
        fault(
                        environment,
                        holders.of(environment, person, wanted),
                        "serialNumber",
                        "A user who holds a role has the token; no job pairs it, a call of its own does.")
                .ifPresent(fault -> {
                    throw new Problem.InvalidData(fault);
                });
    }

    private Optional<Detail> fault(Environment environment, Set<UUID> people, String target, String message) {
        return people.stream().anyMatch(person -> enrolments.holdsRole(environment, person))
                ? Optional.of(new Detail(DetailCode.CONSTRAINT_VIOLATION, target, message))
                : Optional.empty();
    }
}
