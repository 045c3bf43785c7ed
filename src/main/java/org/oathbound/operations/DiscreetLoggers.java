package org.oathbound.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.oathbound.http.Disconnection;

/**
 * Keeps the HTTP server from logging the headers of requests, and the credentials in them, at any level; and what clients have done
 * to their connections.
 */
@ApplicationScoped
class DiscreetLoggers {

    /** Kept here, because a logger without a reference is garbage-collected, and its level lost with it. */
    private static final List<Logger> LOGGERS = Stream.of(
                    "org.glassfish.grizzly.filterchain.DefaultFilterChain",
                    "org.glassfish.grizzly.websockets.BaseWebSocketFilter",
                    "org.glassfish.jersey.server.ServerRuntime$Responder")
            .map(Logger::getLogger)
            .toList();

    void start(@Observes Startup startup) {
        for (Logger logger : LOGGERS) {
            logger.setLevel(Level.INFO);
            logger.setFilter(record -> !Disconnection.isCauseOf(record.getThrown()));
        }
    }
}
