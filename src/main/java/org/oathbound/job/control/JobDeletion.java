package org.oathbound.job.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Pages;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.problem.Contention;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Deletes jobs with their chunks. What their rows have changed stays as it is. */
@ApplicationScoped
public class JobDeletion {

    private static final Filter CUT_OFF = Filter.createANDFilter(
            Filter.createEqualityFilter(Schema.JOB_STATUS, Status.RECEIVING.name()),
            Filter.createPresenceFilter(Schema.FINISHED_AT));

    private final Directory directory;
    private final Listing listing;
    private final Batch batch;
    private final Audit audit;
    private final Clock clock;
    private final Duration keepFor;

    /** @param keepFor how long a job is kept after its end */
    @Inject
    public JobDeletion(
            Directory directory,
            Listing listing,
            Batch batch,
            Audit audit,
            Clock clock,
            @ConfigProperty(name = "oathbound.jobs.keep-for", defaultValue = "P30D") Duration keepFor) {
        this.directory = directory;
        this.listing = listing;
        this.batch = batch;
        this.audit = audit;
        this.clock = clock;
        this.keepFor = keepFor;
    }

    /**
     * Deletes a finished job.
     *
     * @throws Problem.NotFound when there is none
     * @throws Problem.RequestFailed when it is not finished; nothing is changed then
     */
    public void delete(Environment environment, UUID id) {
        batch.together(() -> {
            hide(environment, id);
            return remove(environment, id);
        });
    }

    /** Deletes what finished longer ago than jobs are kept, and the rest of what a stop has left of a deletion. */
    public void sweep(Environment environment) {
        String before = GeneralizedTime.of(clock.instant().minus(keepFor));
        Filter over = Filter.createORFilter(CUT_OFF, Filter.createLessOrEqualFilter(Schema.FINISHED_AT, before));
        Pages.forEach(listing, batch, environment.jobs(), over, entry -> Stream.of(JobEntry.id(entry)), id -> {
            if (batch.together(() -> remove(environment, id))) {
                audit.record(new AuditEvent(Action.JOB_SWEEP, Outcome.SUCCESS)
                        .in(environment.id())
                        .object(id));
            }
        });
    }

    /** Whether rows of that job may still be done. */
    public boolean isUnfinished(Environment environment, UUID id) {
        return directory
                .read(JobEntry.dn(environment, id))
                .filter(entry -> !entry.hasAttribute(Schema.FINISHED_AT))
                .isPresent();
    }

    /** Removes the entries of a job, the chunks first. False when there is none. */
    boolean remove(Environment environment, UUID id) {
        DN dn = JobEntry.dn(environment, id);
        listing.page(dn, Attributes.ANY, null, Integer.MAX_VALUE, Order.ASCENDING)
                .entries()
                .forEach(chunk -> directory.delete(Directory.nameOf(chunk)));
        return directory.delete(dn);
    }

    /** Hides the job from clients, whatever may be left of it. */
    private void hide(Environment environment, UUID id) {
        Contention.settle(() -> {
            ReadOnlyEntry seen = directory
                    .read(JobEntry.dn(environment, id))
                    .filter(entry -> JobEntry.status(entry) != Status.RECEIVING)
                    .orElseThrow(() -> Jobs.unknown(id));
            if (JobEntry.status(seen) == Status.PENDING) {
                throw new Problem.RequestFailed(
                        DetailCode.CONSTRAINT_VIOLATION,
                        null,
                        "The job is still running; it can be deleted when it is DONE or FAILED.");
            }
            return directory.modifyIfUnchanged(seen, JobEntry.hidden(seen)) ? Optional.of(true) : Optional.empty();
        });
    }
}
