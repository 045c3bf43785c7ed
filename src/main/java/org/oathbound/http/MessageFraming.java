package org.oathbound.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Refuses a request that a proxy in front might have read differently, where it ends or for whom it is (RFC 9112 sections 3.2,
 * 6.1 and 6.3): a {@code Transfer-Encoding} other than {@code chunked}, one beside a {@code Content-Length} or in HTTP/1.0, two
 * lengths, two hosts. The answer is 400, the body is not looked at, and the connection is closed, so that nothing behind it
 * counts as a request.
 *
 * <p>Grizzly forgets a length that stands before {@code Transfer-Encoding: chunked}: such a request can't be told from a right
 * one. So the connection of every chunked request is closed after its answer, as section 6.3 wants it.
 */
public class MessageFraming extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        List<String> encodings = values(request, "Transfer-Encoding");
        boolean isAmbiguous = isAmbiguous(request, encodings);
        if (isAmbiguous || !encodings.isEmpty()) {
            response.setHeader("Connection", "close");
        }
        if (isAmbiguous) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.flushBuffer();
        } else {
            boolean asksForUpgrade = request.getHeader("Upgrade") != null;
            chain.doFilter(asksForUpgrade ? new RequestBody(request, !encodings.isEmpty()) : request, response);
        }
    }

    private static boolean isAmbiguous(HttpServletRequest request, List<String> encodings) {
        List<String> lengths = values(request, "Content-Length");
        boolean isChunked =
                encodings.size() == 1 && encodings.getFirst().strip().equalsIgnoreCase("chunked");
        return (!encodings.isEmpty()
                        && (!isChunked
                                || !lengths.isEmpty()
                                || request.getProtocol().equals("HTTP/1.0")))
                || lengths.size() > 1
                || values(request, "Host").size() > 1;
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }
}
