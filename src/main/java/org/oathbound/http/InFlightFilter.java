package org.oathbound.http;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/**
 * Knows of each request from its first byte to the last of its answer, and how many go on at once: each holds one of the server's
 * threads, which {@code server-config} gives 1,024. One address has half of them at most, all together leave some to probes of
 * health. One too many, and each once the service stops, is answered 503 at once.
 */
public class InFlightFilter implements Filter {

    static final int OF_AN_ADDRESS = 512;
    static final int OF_ALL = 960;

    private static final String ALL = "";
    private static final String HEALTH = "/health";
    private static final String AFTER_A_START_SECONDS = "30";
    private static final String AFTER_OTHERS_SECONDS = "1";

    private final InFlight inFlight;
    private final ClientAddress address;
    private final AtOnce addresses = new AtOnce(OF_AN_ADDRESS);
    private final AtOnce all = new AtOnce(OF_ALL);

    @Inject
    public InFlightFilter(InFlight inFlight, ClientAddress address) {
        this.inFlight = inFlight;
        this.address = address;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!inFlight.begin()) {
            refuse(response, AFTER_A_START_SECONDS);
            return;
        }
        try {
            HttpServletRequest http = (HttpServletRequest) request;
            if (isHealth(http)) {
                chain.doFilter(request, response);
            } else {
                bounded(AddressLimit.networkOf(address.of(http)), request, response, chain);
            }
        } finally {
            inFlight.end();
        }
    }

    private static boolean isHealth(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    private void bounded(String network, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!addresses.begin(network)) {
            refuse(response, AFTER_OTHERS_SECONDS);
            return;
        }
        try {
            if (!all.begin(ALL)) {
                refuse(response, AFTER_OTHERS_SECONDS);
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                all.end(ALL);
            }
        } finally {
            addresses.end(network);
        }
    }

    private static void refuse(ServletResponse response, String afterSeconds) {
        HttpServletResponse http = (HttpServletResponse) response;
        http.setHeader(HttpHeaders.RETRY_AFTER, afterSeconds);
        http.setHeader("Connection", "close"); // what is left of its body is not read
        http.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
}
