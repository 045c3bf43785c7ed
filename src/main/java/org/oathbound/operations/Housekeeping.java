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
import org.oathbound.person.control.Persons;

/** Removes what was cut off: at the start, when nobody can be at work, and hourly, when it is older than five minutes. */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration MAY_BE_AT_WORK = Duration.ofMinutes(5);

    private final Persons persons;
    private final Sweep sweep;
    private final ManagedScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> hourly;

    @Inject
    Housekeeping(Persons persons, Sweep sweep, ManagedScheduledExecutorService scheduler) {
        this.persons = persons;
        this.sweep = sweep;
        this.scheduler = scheduler;
    }

    void start(Environment environment) {
        sweep(environment, Duration.ZERO);
        hourly = scheduler.scheduleWithFixedDelay(() -> sweepAgain(environment), 1, 1, TimeUnit.HOURS);
    }

    void stop() {
        if (hourly != null) {
            hourly.cancel(false);
        }
    }

    private void sweep(Environment environment, Duration olderThan) {
        persons.sweep(environment, olderThan);
        sweep.sweep(environment, olderThan);
    }

    private void sweepAgain(Environment environment) {
        try {
            sweep(environment, MAY_BE_AT_WORK);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The sweep was cut short; the next is in an hour.", e);
        }
    }
}
