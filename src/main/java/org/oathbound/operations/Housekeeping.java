package org.oathbound.operations;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.control.Sweep;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.person.control.Persons;

/** Removes what was cut off: at the start, when nobody can be at work, and hourly, when it is older than five minutes. */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration MAY_BE_AT_WORK = Duration.ofMinutes(5);

    private final Environments environments;
    private final Tenancy tenancy;
    private final Persons persons;
    private final Sweep sweep;
    private final ManagedScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> hourly;

    @Inject
    Housekeeping(
            Environments environments,
            Tenancy tenancy,
            Persons persons,
            Sweep sweep,
            ManagedScheduledExecutorService scheduler) {
        this.environments = environments;
        this.tenancy = tenancy;
        this.persons = persons;
        this.sweep = sweep;
        this.scheduler = scheduler;
    }

    void start() {
        sweep(Duration.ZERO);
        hourly = scheduler.scheduleWithFixedDelay(this::sweepAgain, 1, 1, TimeUnit.HOURS);
    }

    void stop() {
        if (hourly != null) {
            hourly.cancel(false);
        }
    }

    private void sweep(Duration olderThan) {
        tenancy.sweep(olderThan);
        for (Environment environment : environments.all()) {
            persons.sweep(environment, olderThan);
            sweep.sweep(environment, olderThan);
        }
    }

    private void sweepAgain() {
        try {
            sweep(MAY_BE_AT_WORK);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The sweep was cut short; the next is in an hour.", e);
        }
    }
}
