package org.oathbound.operations.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.operations.DiskSpace;
import org.oathbound.operations.Lifecycle;

/**
 * {@code /health/ready}: yes only when the start is over, the directory answers and takes writes, and so does the audit. Tells
 * beside that whether the disk is nearly full.
 */
@Readiness
@ApplicationScoped
class Ready implements HealthCheck {

    private final Lifecycle lifecycle;
    private final Directory directory;
    private final Audit audit;
    private final DiskSpace disk;

    @Inject
    Ready(Lifecycle lifecycle, Directory directory, Audit audit, DiskSpace disk) {
        this.lifecycle = lifecycle;
        this.directory = directory;
        this.audit = audit;
        this.disk = disk;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("directory")
                .status(lifecycle.isStarted() && directory.takesWrites() && audit.takesWrites())
                .withData("diskFreeMib", disk.freeMib())
                .withData("diskNearlyFull", disk.isLow())
                .build();
    }
}
