package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps the HTTP server from logging the headers of requests, and the credentials in them, at any level. */
@ApplicationScoped
class DiscreetLoggers {

    /** Kept here, because a logger without a reference is garbage-collected, and its level lost with it. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "org.glassfish.grizzly.filterchain.DefaultFilterChain",
                    "org.glassfish.grizzly.websockets.BaseWebSocketFilter")
            .map(Logger::getLogger)
            .toList();

    void start(@Observes Startup startup) {
        LOGGERS.forEach(logger -> logger.setLevel(Level.INFO));
    }
}
