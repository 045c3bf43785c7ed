package org.oathbound.access.control;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.oathbound.access.entity.Application;
import org.oathbound.access.entity.BreakGlassPass;
import org.oathbound.access.entity.Role;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.PasswordHash;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** The applications of the environments, and the check of their secrets. */
@ApplicationScoped
public class Applications {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Directory directory;
    private final Environments environments;
    private final Clock clock;

    /** Half of the processors may hash; the others serve those who have a token already. */
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    @Inject
    public Applications(Directory directory, Environments environments, Clock clock) {
        this.directory = directory;
        this.environments = environments;
        this.clock = clock;
    }

    /**
     * Makes an application; {@link Problem.InvalidData} when the environment has one of that id already.
     *
     * @param secret what it will show to get access tokens; only a hash of it is stored
     */
    public Application create(Environment environment, UUID id, String name, String secret, Set<Role> roles) {
        Application application = new Application(id, environment.id(), name, roles, GeneralizedTime.now(clock));
        if (!directory.add(ApplicationEntry.of(environment, application, PasswordHash.of(secret)))) {
            throw new Problem.InvalidData(
                    new Detail(DetailCode.UNIQUENESS_VIOLATION, "id", "There is an application with this id already."));
        }
        return application;
    }

    /** The application as it is now, if there is one. */
    public Optional<Application> find(UUID environment, UUID id) {
        return environments.find(environment).flatMap(found -> directory
                .read(ApplicationEntry.nameOf(found, id))
                .map(entry -> ApplicationEntry.read(environment, entry)));
    }

    /**
     * Who calls when the glass is broken; no entry stands for him, so that he is there when all applications are lost.
     * Nothing where there is no such environment.
     */
    Optional<Application> breakGlass(UUID environment, Instant since) {
        return environments
                .find(environment)
                .map(found -> new Application(
                        BreakGlassPass.CLIENT_ID, environment, "Break-glass administrator", Role.ADMINISTRATOR, since));
    }

    /**
     * The application, if that is its secret. Takes as long when there is no such application. {@link Problem.Unavailable}
     * when too many are asking at once.
     */
    public Optional<Application> authenticate(Environment environment, UUID id, String secret) {
        Optional<ReadOnlyEntry> entry = directory.read(ApplicationEntry.nameOf(environment, id));
        String hash = entry.flatMap(ApplicationEntry::secretHash).orElse("");
        return matches(hash, secret)
                ? entry.map(found -> ApplicationEntry.read(environment.id(), found))
                : Optional.empty();
    }

    private boolean matches(String hash, String secret) {
        try {
            if (!hashing.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
        try {
            return hash.isEmpty() ? PasswordHash.matchesNobody(secret) : PasswordHash.matches(hash, secret);
        } finally {
            hashing.release();
        }
    }

    private static Problem.Unavailable tooMany() {
        return new Problem.Unavailable("Too many applications ask for access tokens at once.", PATIENCE);
    }
}
