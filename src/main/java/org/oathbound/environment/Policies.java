package org.oathbound.environment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The policies of an environment: at least one, exactly one of them the default, no two of one name.
 *
 * @param all in the order of their names
 */
public record Policies(List<Policy> all) {

    static final int MAX = 100;

    public Policies {
        all = all.stream().sorted(Comparator.comparing(Policy::name)).toList();
        long defaults = all.stream().filter(Policy::isDefault).count();
        if (defaults != 1) {
            throw new IllegalArgumentException("One policy is the default, not " + defaults + ".");
        }
    }

    /** The policy with this id, or {@link Problem.NotFound}. */
    public Policy get(UUID id) {
        return all.stream()
                .filter(policy -> policy.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound("There is no device authentication policy " + id + "."));
    }

    /** The default policy. */
    Policy inForce() {
        return all.stream().filter(Policy::isDefault).findFirst().orElseThrow();
    }

    /**
     * These and a new one. If that is to be the default, the one before is it no more.
     *
     * @throws Problem.RequestFailed when there are too many
     * @throws Problem.InvalidData when its name is taken
     */
    Policies with(Policy added) {
        if (all.size() >= MAX) {
            throw new Problem.RequestFailed(new Detail(
                    DetailCode.LIMIT_EXCEEDED,
                    null,
                    "There are " + MAX + " policies already.",
                    Map.of("quotaLimit", MAX)));
        }
        return joined(all, added);
    }

    /**
     * These with one in the place of the one that has its id.
     *
     * @throws Problem.NotFound when none has
     * @throws Problem.InvalidData when its name is taken
     * @throws Problem.RequestFailed when no policy would be the default
     */
    Policies withReplaced(Policy policy) {
        boolean wasDefault = get(policy.id()).isDefault();
        if (wasDefault && !policy.isDefault()) {
            throw refused("default", "The default policy stays it until another policy is made the default.");
        }
        return joined(others(policy.id()), policy);
    }

    /**
     * These without one.
     *
     * @throws Problem.NotFound when there is no such policy
     * @throws Problem.RequestFailed when it is the default
     */
    Policies without(UUID id) {
        if (get(id).isDefault()) {
            throw refused(null, "The default policy can't be deleted; make another policy the default before.");
        }
        return new Policies(others(id));
    }

    private List<Policy> others(UUID id) {
        return all.stream().filter(policy -> !policy.id().equals(id)).toList();
    }

    private static Policies joined(List<Policy> others, Policy policy) {
        if (others.stream().anyMatch(other -> other.name().equals(policy.name()))) {
            throw new Problem.InvalidData(
                    DetailCode.UNIQUENESS_VIOLATION, "name", "There is a policy with this name already.");
        }
        Stream<Policy> kept = others.stream().map(other -> policy.isDefault() ? other.withDefault(false) : other);
        return new Policies(Stream.concat(kept, Stream.of(policy)).toList());
    }

    private static Problem.RequestFailed refused(@Nullable String target, String why) {
        return new Problem.RequestFailed(DetailCode.CONSTRAINT_VIOLATION, target, why);
    }
}
