package org.oathbound.job.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Directory.Order;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.TokenId;

/** Runs jobs in the background, each on a thread of the container, chunk by chunk. */
@ApplicationScoped
class JobRunner {

    private static final Logger LOG = System.getLogger(JobRunner.class.getName());
    private static final Duration STOPPING_TAKES_AT_MOST = Duration.ofSeconds(10);

    private final Directory directory;
    private final ChunkWork chunks;
    private final Executor executor;
    private final Clock clock;
    private final Phaser running = new Phaser(1);

    @Inject
    JobRunner(Directory directory, ChunkWork chunks, Executor executor, Clock clock) {
        this.directory = directory;
        this.chunks = chunks;
        this.executor = executor;
        this.clock = clock;
    }

    /** Works on a job until it is finished, or the service stops. */
    void start(Environment environment, UUID id) {
        inBackground(environment, id, () -> run(environment, id));
    }

    /** Removes what was received of a job that never became one. */
    void sweep(Environment environment, UUID id) {
        inBackground(environment, id, () -> remove(environment, id));
    }

    /** Lets each job end the row it is at, and waits for that. */
    void pause() {
        chunks.stop();
        try {
            running.awaitAdvanceInterruptibly(
                    running.arriveAndDeregister(), STOPPING_TAKES_AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(Level.WARNING, "A job did not pause in time; it goes on at its last chunk after the next start.");
        }
    }

    private void inBackground(Environment environment, UUID id, Runnable work) {
        if (running.register() < 0) {
            return; // Stopping: it is taken up at the next start.
        }
        executor.execute(() -> {
            Scope scope = new AuditContext(environment.id(), AuditContext.SERVICE, id.toString()).enter();
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The job " + id + " stands still until the next start.", e);
            } finally {
                scope.close();
                running.arriveAndDeregister();
            }
        });
    }

    private void run(Environment environment, UUID id) {
        while (true) {
            try {
                work(environment, id);
                return;
            } catch (Problem.Unavailable e) {
                LOG.log(Level.WARNING, "The job {0} waits for the directory: {1}", id, e.getMessage());
                if (!chunks.pauseFor(e.retryAfter())) {
                    return;
                }
            } catch (RuntimeException e) {
                String reason = "An unexpected error; the log tells of it under " + UUID.randomUUID() + ".";
                LOG.log(Level.ERROR, "The job " + id + " failed. " + reason, e);
                finish(environment, id, Status.FAILED, Optional.of(reason));
                return;
            }
        }
    }

    private void work(Environment environment, UUID id) {
        Job job = directory
                .read(JobEntry.dn(environment, id))
                .map(JobEntry::job)
                .orElseThrow(() -> new Problem.Corrupt("The job " + id + " is gone."));
        Set<TokenId> planned = new HashSet<>();
        for (int chunk = 0; chunk < job.chunks(); chunk++) {
            if (!chunks.work(environment, job, chunk, planned)) {
                return;
            }
        }
        finish(environment, id, Status.DONE, Optional.empty());
    }

    private void finish(Environment environment, UUID id, Status status, Optional<String> reason) {
        directory
                .read(JobEntry.dn(environment, id))
                .filter(entry -> JobEntry.status(entry) == Status.PENDING)
                .ifPresent(entry ->
                        directory.modifyIfUnchanged(entry, JobEntry.finished(entry, status, reason, clock.instant())));
    }

    private void remove(Environment environment, UUID id) {
        DN dn = JobEntry.dn(environment, id);
        directory
                .page(dn, Filter.createPresenceFilter(Schema.OBJECT_CLASS), null, Integer.MAX_VALUE, Order.ASCENDING)
                .entries()
                .forEach(chunk -> directory.delete(JobEntry.dn(chunk)));
        directory.delete(dn);
    }
}
