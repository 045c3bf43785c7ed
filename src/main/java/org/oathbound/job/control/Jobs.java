package org.oathbound.job.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Page;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.job.entity.JobId;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.Totals;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Seals;

/** The jobs of an environment: receive, find, list. */
@ApplicationScoped
public class Jobs {

    private static final Filter VISIBLE =
            Filter.createNOTFilter(Filter.createEqualityFilter(Schema.JOB_STATUS, Status.RECEIVING.name()));

    private static final Filter UNFINISHED = Filter.createNOTFilter(Filter.createPresenceFilter(Schema.FINISHED_AT));

    private final Directory directory;
    private final Listing listing;
    private final Seals seals;
    private final JobRunner runner;
    private final JobResults results;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public Jobs(Directory directory, Listing listing, Seals seals, JobRunner runner, JobResults results, Clock clock) {
        this.directory = directory;
        this.listing = listing;
        this.seals = seals;
        this.runner = runner;
        this.results = results;
        this.clock = clock;
    }

    /**
     * Receives a job and sets it going. When {@code body} fails, there is no job and nothing has changed.
     *
     * @param body reads rows into the upload, to the end, and tells the options
     */
    public Job receive(Environment environment, Job.Type type, Body body) {
        UUID id = JobId.at(clock.instant(), random);
        Entry entry = JobEntry.receiving(environment, id, type, clock.instant());
        if (!directory.add(entry)) {
            throw new Problem.Corrupt("There is a job " + id + " already.");
        }
        JobUpload upload = new JobUpload(environment, directory, seals, id, entry);
        Job job;
        try {
            job = upload.complete(body.read(upload));
        } catch (RuntimeException e) {
            runner.sweep(environment, id);
            throw e;
        }
        runner.start(environment, id);
        return job;
    }

    /** The request body that a job is received from. */
    @FunctionalInterface
    public interface Body {
        Options read(JobUpload upload);
    }

    /** The job; not one that is still being received. */
    public Optional<Job> find(Environment environment, UUID id) {
        return directory
                .read(JobEntry.dn(environment, id))
                .filter(entry -> JobEntry.status(entry) != Status.RECEIVING)
                .map(JobEntry::job);
    }

    /** The failure for an id that no job has. */
    public static Problem.NotFound unknown(UUID id) {
        return new Problem.NotFound("There is no job " + id + ".");
    }

    /** How many of the job's rows have come to what so far. Of a finished job this reads nothing further. */
    public Totals totals(Environment environment, Job job) {
        return results.totals(environment, job);
    }

    /** The result of the job's rows so far, with each row that is to be listed. */
    public Result result(Environment environment, Job job) {
        return results.result(environment, job);
    }

    /** Passes on what the report says of the job's rows, in their order, as far as the job has come. */
    public void forEachLine(Environment environment, Job job, Consumer<RowReport> each) {
        for (int chunk = 0; chunk < job.chunks(); chunk++) {
            directory
                    .read(JobEntry.chunkDn(environment, job.id(), chunk))
                    .map(JobEntry::lines)
                    .ifPresent(lines -> lines.forEach(each));
        }
    }

    /** Jobs, the newest first. One that can't be read is left out. */
    public Page<Job> page(Environment environment, @Nullable String after, int limit) {
        return Page.readable(
                listing.page(environment.jobs(), VISIBLE, after, limit, Order.DESCENDING),
                entry -> Stream.of(JobEntry.job(entry)));
    }

    /** Sets going again what a stop has left: jobs go on, half-received ones are removed. */
    public void resume(Environment environment) {
        listing.page(environment.jobs(), UNFINISHED, null, Integer.MAX_VALUE, Order.ASCENDING)
                .entries()
                .forEach(entry -> {
                    if (JobEntry.status(entry) == Status.RECEIVING) {
                        runner.sweep(environment, JobEntry.id(entry));
                    } else {
                        runner.start(environment, JobEntry.id(entry));
                    }
                });
    }

    /** Lets running jobs end the row they are at; {@link #resume} takes them up again. */
    public void pause() {
        runner.pause();
    }
}
