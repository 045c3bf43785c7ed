package org.oathbound.operations.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.oathbound.operations.Lifecycle;

/** {@code /health/started}: yes once the start has come to its end. */
@Startup
@ApplicationScoped
class Started implements HealthCheck {

    private final Lifecycle lifecycle;

    @Inject
    Started(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("started")
                .status(lifecycle.isStarted())
                .build();
    }
}
