package org.oathbound.operations;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the container gives, as beans, so that the rest is injected with it and a test can give something else. */
@ApplicationScoped
class Platform {

    @Resource
    private @Nullable ManagedExecutorService executor;

    @Resource
    private @Nullable ManagedScheduledExecutorService scheduler;

    @Produces
    @Nullable
    @Typed({ManagedExecutorService.class, Executor.class})
    ManagedExecutorService executor() {
        return executor;
    }

    @Produces
    @Nullable
    @Typed(ManagedScheduledExecutorService.class)
    ManagedScheduledExecutorService scheduler() {
        return scheduler;
    }

    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }
}
