package org.oathbound.environment;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.oathbound.directory.Directory;
import org.oathbound.problem.Problem;

/**
 * What is in force in an environment, at most a second old: at every interface a code is judged by it, and the directory has
 * enough to do.
 */
@ApplicationScoped
public class CurrentSettings {

    private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

    private final Directory directory;
    private final LongSupplier nanoTime;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    @Inject
    public CurrentSettings(Directory directory) {
        this(directory, System::nanoTime);
    }

    CurrentSettings(Directory directory, LongSupplier nanoTime) {
        this.directory = directory;
        this.nanoTime = nanoTime;
    }

    /** {@link Problem.NotFound} when the environment is gone, {@link Problem.Corrupt} when they can't be read. */
    public Settings of(Environment environment) {
        Seen last = seen.get(environment.id());
        return last != null && nanoTime.getAsLong() - last.since() < MAX_AGE ? last.settings() : refresh(environment);
    }

    /** Reads them again: requests after this returns get nothing older. */
    Settings refresh(Environment environment) {
        long since = nanoTime.getAsLong(); // from before the read: what is read is no older than that
        Settings settings =
                EnvironmentEntry.settings(environment, entry(environment)).inForce();
        return seen.merge(environment.id(), new Seen(settings, since), Seen::later)
                .settings();
    }

    /** The environment's entry as it stands now. */
    ReadOnlyEntry entry(Environment environment) {
        return directory
                .read(environment.base())
                .orElseThrow(() -> new Problem.NotFound("There is no environment " + environment.id() + "."));
    }

    /** Settings, and when reading them began. */
    private record Seen(Settings settings, long since) {

        Seen later(Seen other) {
            return other.since - since >= 0 ? other : this;
        }
    }
}
