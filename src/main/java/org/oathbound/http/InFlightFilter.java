package org.oathbound.http;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/** Knows of each request from its first byte to the last of its answer; once the service stops, answers 503. */
@WebFilter("/*")
public class InFlightFilter implements Filter {

    private static final String RETRY_AFTER_SECONDS = "30";

    private final InFlight inFlight;

    @Inject
    public InFlightFilter(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!inFlight.begin()) {
            HttpServletResponse http = (HttpServletResponse) response;
            http.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            http.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            inFlight.end();
        }
    }
}
