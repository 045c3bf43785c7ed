package org.oathbound.operations;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.oathbound.tls.Tls;
import org.oathbound.tls.TlsProvider;
import org.oathbound.tls.TlsSettings;

/** The container's services as beans, so that they are injected and a test can replace them. */
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

    /** The certificate of the launcher, which has opened HTTPS with it, or one of our own. */
    @Produces
    @Singleton
    Optional<Tls> tls(Config config, Clock clock) {
        return TlsProvider.installed()
                .or(() -> TlsSettings.tls(name -> config.getOptionalValue(name, String.class), clock))
                .map(tls -> tls.watched(Tls.LOOK_EVERY));
    }

    void close(@Disposes Optional<Tls> tls) {
        tls.ifPresent(Tls::close);
    }
}
