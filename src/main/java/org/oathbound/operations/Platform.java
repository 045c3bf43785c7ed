package org.oathbound.operations;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What the container gives, as beans, so that the rest is injected with it and a test can give something else. */
@ApplicationScoped
class Platform {

    @Resource
    private @Nullable ManagedExecutorService executor;

    @Produces
    @Nullable
    ManagedExecutorService executor() {
        return executor;
    }

    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }
}
