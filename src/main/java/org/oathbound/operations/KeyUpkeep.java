package org.oathbound.operations;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.oathbound.oauth.control.SigningRotation;
import org.oathbound.sealing.Resealing;

/** Goes on with rotations of keys: at the start, and every minute. */
@ApplicationScoped
class KeyUpkeep {

    private static final Logger LOG = System.getLogger(KeyUpkeep.class.getName());

    private final Resealing resealing;
    private final SigningRotation signing;
    private final ManagedScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> everyMinute;

    @Inject
    KeyUpkeep(Resealing resealing, SigningRotation signing, ManagedScheduledExecutorService scheduler) {
        this.resealing = resealing;
        this.signing = signing;
        this.scheduler = scheduler;
    }

    void start() {
        everyMinute = scheduler.scheduleWithFixedDelay(this::goOn, 0, 1, TimeUnit.MINUTES);
    }

    void stop() {
        if (everyMinute != null) {
            everyMinute.cancel(false);
        }
        resealing.stop();
    }

    private void goOn() {
        try {
            resealing.start();
            signing.dropEnded();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A rotation of keys waits a minute: {0}", e.getMessage());
        }
    }
}
