package org.oathbound.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Ends a request whose client has gone: the server would log each with its stack trace, and a client can send as many as it likes.
 */
public class DisconnectionFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = System.getLogger(DisconnectionFilter.class.getName());

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!Disconnection.isCauseOf(e)) {
                throw e;
            }
            LOG.log(Level.DEBUG, "A client has gone before its answer: {0}", e.getClass());
        }
    }
}
