package org.oathbound.http;

import jakarta.inject.Inject;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Lets requests finish when the service stops. It serves nothing: the container takes servlets down in the order of {@code
 * web.xml}, each within two seconds, so that the first of them is where a stop can wait while JAX-RS still works.
 */
public class LastRequests extends GenericServlet {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = System.getLogger(LastRequests.class.getName());
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private final transient InFlight inFlight;

    @Inject
    public LastRequests(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) {
        throw new IllegalStateException("No path leads here.");
    }

    @Override
    public void destroy() {
        if (!inFlight.awaitEnd(AT_MOST)) {
            LOG.log(Level.WARNING, "A request has not ended within {0}; it may get no answer.", AT_MOST);
        }
    }
}
