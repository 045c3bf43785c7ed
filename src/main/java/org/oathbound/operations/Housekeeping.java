package org.oathbound.operations;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.AuditSearch;
import org.oathbound.audit.Outcome;
import org.oathbound.device.control.Sweep;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.job.control.JobDeletion;
import org.oathbound.person.control.Persons;
import org.oathbound.token.control.RevokedTokens;

/**
 * Removes what interrupted work has left: at the start, when no work can be under way, and hourly, when it is older
 * than five minutes. It also removes jobs whose time is over, and the entries of revoked tokens.
 */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration MAY_BE_AT_WORK = Duration.ofMinutes(5);

    private final Environments environments;
    private final Tenancy tenancy;
    private final Persons persons;
    private final Sweep sweep;
    private final JobDeletion jobs;
    private final RevokedTokens revokedTokens;
    private final Audit audit;
    private final AuditSearch auditSearch;
    private final ManagedScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> hourly;

    @Inject
    Housekeeping(
            Environments environments,
            Tenancy tenancy,
            Persons persons,
            Sweep sweep,
            JobDeletion jobs,
            RevokedTokens revokedTokens,
            Audit audit,
            AuditSearch auditSearch,
            ManagedScheduledExecutorService scheduler) {
        this.environments = environments;
        this.tenancy = tenancy;
        this.persons = persons;
        this.sweep = sweep;
        this.jobs = jobs;
        this.revokedTokens = revokedTokens;
        this.audit = audit;
        this.auditSearch = auditSearch;
        this.scheduler = scheduler;
    }

    void start() {
        sweep(Duration.ZERO);
        scheduler.execute(this::indexAudit);
        hourly = scheduler.scheduleWithFixedDelay(this::sweepAgain, 1, 1, TimeUnit.HOURS);
    }

    void stop() {
        if (hourly != null) {
            hourly.cancel(false);
        }
    }

    private void sweep(Duration olderThan) {
        if (!audit.takesWrites()) {
            LOG.log(Level.WARNING, "Nothing is swept, for the audit can't be written; the next sweep is in an hour.");
            return;
        }
        UnreadableEntries unreadable = new UnreadableEntries();
        tenancy.sweep(olderThan, this::tell, unreadable);
        for (Environment environment : environments.all(unreadable)) {
            unreadable.attempt(() -> persons.sweep(environment, olderThan, unreadable));
            unreadable.attempt(() -> sweep.sweep(environment, olderThan, unreadable));
            unreadable.attempt(() -> jobs.sweep(environment));
            unreadable.attempt(
                    () -> revokedTokens.remove(environment, job -> jobs.isUnfinished(environment, job), unreadable));
        }
        if (unreadable.count() > 0) {
            LOG.log(
                    Level.WARNING,
                    "Entries that can''t be read: {0}. Each is named above; docs/operations.md says how to remove it.",
                    unreadable.count());
        }
    }

    private void tell(UUID environment) {
        audit.record(new AuditEvent(Action.ENVIRONMENT_SWEEP, Outcome.SUCCESS)
                .in(environment)
                .object(environment));
    }

    private void sweepAgain() {
        try {
            sweep(MAY_BE_AT_WORK);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The sweep was cut short; the next is in an hour.", e);
        }
        indexAudit();
    }

    private void indexAudit() {
        try {
            auditSearch.prepare();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The audit is not indexed: {0}", e.getMessage());
        }
    }
}
