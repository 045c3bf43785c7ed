package org.oathbound.environment;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.oathbound.directory.Directory;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/**
 * The settings and policies of environments, for those who administer them: read as they stand, changed by
 * compare-and-set. What is changed here is in force in this process at once, and everywhere within a second.
 */
@ApplicationScoped
public class StoredSettings {

    private final Directory directory;
    private final CurrentSettings current;
    private final Clock clock;

    @Inject
    public StoredSettings(Directory directory, CurrentSettings current, Clock clock) {
        this.directory = directory;
        this.current = current;
        this.clock = clock;
    }

    public EnvironmentSettings of(Environment environment) {
        return EnvironmentEntry.settings(environment, current.entry(environment));
    }

    public void replace(Environment environment, OathSettings settings) {
        change(environment, before -> before.with(settings));
    }

    /**
     * Replaces the {@code mfaSettings}.
     *
     * @throws Problem.InvalidData when they break rules, with every fault
     */
    public MfaSettings replaceMfa(Environment environment, JsonObject given) {
        MfaSettings settings = MfaSettings.given(given, clock.instant());
        change(environment, before -> before.with(settings));
        return settings;
    }

    /** Sets the {@code mfaSettings} back to what an environment begins with. */
    public void resetMfa(Environment environment) {
        change(environment, before -> before.with(MfaSettings.DEFAULT));
    }

    /**
     * Creates a policy.
     *
     * @throws Problem.InvalidData when it breaks rules, with every fault, or its name is taken
     * @throws Problem.RequestFailed when there are too many
     */
    public Policy create(Environment environment, JsonObject given) {
        Policy policy = Policy.given(UUID.randomUUID(), given, clock.instant());
        change(environment, before -> before.with(before.policies().with(policy)));
        return policy;
    }

    /**
     * Replaces a policy.
     *
     * @throws Problem.NotFound when there is no such policy
     * @throws Problem.InvalidData when it breaks rules, with every fault, or its name is taken
     * @throws Problem.RequestFailed when no policy would be the default
     */
    public Policy replace(Environment environment, UUID id, JsonObject given) {
        Policy policy = Policy.given(id, given, clock.instant());
        change(environment, before -> before.with(before.policies().withReplaced(policy)));
        return policy;
    }

    /**
     * Deletes a policy.
     *
     * @throws Problem.NotFound when there is no such policy
     * @throws Problem.RequestFailed when it is the default
     */
    public void delete(Environment environment, UUID id) {
        change(environment, before -> before.with(before.policies().without(id)));
    }

    private void change(Environment environment, UnaryOperator<EnvironmentSettings> change) {
        Contention.settle(() -> {
            ReadOnlyEntry seen = current.entry(environment);
            EnvironmentSettings after = change.apply(EnvironmentEntry.settings(environment, seen));
            boolean stored = directory.modifyIfUnchanged(seen, EnvironmentEntry.with(environment, seen, after));
            return stored ? Optional.of(after) : Optional.empty();
        });
        current.refresh(environment);
    }
}
