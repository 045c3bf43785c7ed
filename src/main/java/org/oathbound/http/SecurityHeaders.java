package org.oathbound.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The headers that tell browsers what an answer may do: nothing, unless it is one of our pages, which load our own files. A
 * resource may set a {@code Content-Security-Policy} of its own in place of this one. Over HTTPS, browsers are also told to
 * come by nothing else (RFC 6797); on plain HTTP that header would have no meaning.
 */
public class SecurityHeaders extends HttpFilter {

    public static final String POLICY = "Content-Security-Policy";

    private static final String ONE_YEAR = "max-age=31536000";
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String FRONT_PAGE = NOTHING + "; style-src 'self'; base-uri 'none'; form-action 'none'";

    /** Swagger UI sets styles at elements, and draws its icons from data. */
    private static final String API_PAGE = NOTHING
            + "; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src 'self'"
            + "; base-uri 'none'; form-action 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", ONE_YEAR);
        }
        response.setHeader(POLICY, policy(request.getRequestURI()));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer"); // what stands in an address must not leave by it
        chain.doFilter(request, response);
    }

    private static String policy(String path) {
        if (path.startsWith("/openapi-ui/")) {
            return API_PAGE;
        }
        return path.equals("/index.html") ? FRONT_PAGE : NOTHING;
    }
}
