package org.oathbound.operations;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.DataDirectory;

/** Warns before the disk of the data directory is full: once there is too little room, and hourly until there is more. */
@ApplicationScoped
public class DiskSpace {

    private static final Logger LOG = System.getLogger(DiskSpace.class.getName());
    private static final long MINUTES_BETWEEN_WARNINGS = 60;

    private final Path directory;
    private final long warnBelowMib;
    private final ManagedScheduledExecutorService scheduler;
    private @Nullable ScheduledFuture<?> eachMinute;
    private long minutesToWarning;

    /** @param warnBelowMib free space, in MiB; 0 warns never */
    @Inject
    public DiskSpace(
            DataDirectory data,
            @ConfigProperty(name = "oathbound.disk.warn-below-mib", defaultValue = "1024") int warnBelowMib,
            ManagedScheduledExecutorService scheduler) {
        this.directory = data.path();
        this.warnBelowMib = warnBelowMib;
        this.scheduler = scheduler;
    }

    void start(@Observes Startup startup) {
        eachMinute = scheduler.scheduleWithFixedDelay(this::check, 0, 1, TimeUnit.MINUTES);
    }

    @PreDestroy
    void stop() {
        if (eachMinute != null) {
            eachMinute.cancel(false);
        }
    }

    /** The space that the service may still write, in MiB; -1 where the system does not tell. */
    public long freeMib() {
        try {
            return Files.getFileStore(directory).getUsableSpace() >> 20;
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whether there is less than the threshold. */
    public boolean isLow() {
        long free = freeMib();
        return free >= 0 && free < warnBelowMib;
    }

    /** Called each minute. */
    void check() {
        if (!isLow()) {
            minutesToWarning = 0;
        } else if (minutesToWarning == 0) {
            minutesToWarning = MINUTES_BETWEEN_WARNINGS - 1;
            LOG.log(
                    Level.WARNING,
                    "The disk of {0} has {1} MiB left, less than {2} (oathbound.disk.warn-below-mib). When it is full, nothing can "
                            + "be changed.",
                    directory,
                    Long.toString(freeMib()),
                    Long.toString(warnBelowMib));
        } else {
            minutesToWarning--;
        }
    }
}
