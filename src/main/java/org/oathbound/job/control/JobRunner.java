package org.oathbound.job.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.job.entity.Totals;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Problem;

/** Runs jobs in the background, each on a thread of the container, chunk by chunk. */
@ApplicationScoped
class JobRunner {

    private static final Logger LOG = System.getLogger(JobRunner.class.getName());
    private static final String NOTHING =
            "Nothing was changed: the job was to do all or nothing, and not every row is right.";
    private static final Duration STOPPING_TAKES_AT_MOST = Duration.ofSeconds(10);

    private final Directory directory;
    private final ChunkWork chunks;
    private final JobResults results;
    private final JobDeletion deletion;
    private final Executor executor;
    private final Clock clock;
    private final Phaser running = new Phaser(1);

    @Inject
    JobRunner(
            Directory directory,
            ChunkWork chunks,
            JobResults results,
            JobDeletion deletion,
            Executor executor,
            Clock clock) {
        this.directory = directory;
        this.chunks = chunks;
        this.results = results;
        this.deletion = deletion;
        this.executor = executor;
        this.clock = clock;
    }

    /** Works on a job until it is finished, or the service stops. */
    void start(Environment environment, UUID id) {
        inBackground(environment, id, () -> run(environment, id));
    }

    /** Removes what was received of a job that never became one. */
    void sweep(Environment environment, UUID id) {
        inBackground(environment, id, () -> deletion.remove(environment, id));
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
        Job job = change(environment, id, entry -> JobEntry.started(entry, clock.instant()))
                .map(JobEntry::job)
                .orElseThrow(() -> new Problem.Corrupt("The job " + id + " is gone."));
        if (job.options().allOrNothing() && !isRight(environment, job)) {
            return;
        }
        PlannedTokens planned = new PlannedTokens();
        for (int chunk = 0; chunk < job.chunks(); chunk++) {
            if (!chunks.work(environment, job, chunk, planned)) {
                return;
            }
        }
        finish(environment, id, Status.DONE, Optional.empty());
    }

    /**
     * Whether the rows of a job that does all or nothing may begin: all are right, or begun already. Where one is not, the job ends,
     * and each row that is not right is listed. False, too, when the service stops.
     */
    private boolean isRight(Environment environment, Job job) {
        if (job.reason() == null && chunks.isDone(environment, job, 0)) {
            return true;
        }
        PlannedTokens planned = new PlannedTokens();
        List<ChunkTotals> rehearsed = new ArrayList<>();
        // After a stop some may have been left already: the last, for they were first.
        for (int chunk = 0; chunk < job.chunks() && !chunks.isDone(environment, job, chunk); chunk++) {
            Optional<ChunkTotals> totals = chunks.rehearse(environment, job, chunk, planned);
            if (totals.isEmpty()) {
                return false;
            }
            rehearsed.add(totals.get());
        }
        if (job.reason() == null && rehearsed.stream().allMatch(ChunkTotals::isRight)) {
            return true;
        }
        change(environment, job.id(), entry -> JobEntry.refused(entry, NOTHING));
        for (int chunk = rehearsed.size() - 1; chunk >= 0; chunk--) {
            chunks.leave(environment, job, chunk, rehearsed.get(chunk));
        }
        finish(environment, job.id(), Status.FAILED, Optional.of(NOTHING));
        return false;
    }

    private void finish(Environment environment, UUID id, Status status, Optional<String> reason) {
        Optional<Entry> finished = change(
                environment,
                id,
                entry -> JobEntry.status(entry) == Status.PENDING
                        ? JobEntry.finished(entry, status, reason, totals(environment, entry), clock.instant())
                        : entry);
        if (finished.isEmpty()) {
            LOG.log(Level.WARNING, "The job {0} is gone; it would be {1} now.", id, status);
        }
    }

    private Totals totals(Environment environment, Entry entry) {
        return results.totals(environment, JobEntry.job(entry));
    }

    /**
     * Changes the job's entry, also when other writers change it meanwhile.
     *
     * @param change returns the new entry, or its argument where nothing is to be changed
     * @return the entry after the change; empty when it is gone
     */
    private Optional<Entry> change(Environment environment, UUID id, UnaryOperator<Entry> change) {
        DN dn = JobEntry.dn(environment, id);
        return Contention.settle(() -> {
            Optional<ReadOnlyEntry> seen = directory.read(dn);
            if (seen.isEmpty()) {
                return Optional.of(Optional.empty());
            }
            Entry wanted = change.apply(seen.get());
            return wanted.equals(seen.get()) || directory.modifyIfUnchanged(seen.get(), wanted)
                    ? Optional.of(Optional.of(wanted))
                    : Optional.empty();
        });
    }
}
