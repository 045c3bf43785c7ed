package org.oathbound.operations.boundary;

import jakarta.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * {@code /openapi}: the description of the API, to the letter as it is kept; YAML, or JSON for {@code format=JSON} and for who
 * accepts JSON; {@code /openapi-ui/} leads to the page that shows it. A filter, for the server has a servlet of its own there, whose parser can't read all that OpenAPI has.
 */
public class ApiDescription extends HttpFilter {

    private static final long serialVersionUID = 1;

    private final byte[] yaml = read();
    private byte @Nullable [] json; // made when it is first asked for: a start needs it not

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.equals("/openapi-ui") || path.equals("/openapi-ui/")) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getContextPath() + "/openapi-ui/index.html");
        } else if (!path.equals("/openapi")) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else if (wantsJson(request)) {
            answer(response, "application/json", json());
        } else {
            answer(response, "application/yaml", yaml);
        }
    }

    private static boolean wantsJson(HttpServletRequest request) {
        String format = request.getParameter("format");
        String accept = request.getHeader("Accept");
        return format == null ? accept != null && accept.contains("application/json") : format.equalsIgnoreCase("JSON");
    }

    private static void answer(HttpServletResponse response, String mediaType, byte[] body) throws IOException {
        response.setContentType(mediaType);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static byte[] read() {
        try (InputStream document = ApiDescription.class.getResourceAsStream("/openapi.yaml")) {
            return Objects.requireNonNull(document).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("openapi.yaml is a part of the product.", e);
        }
    }

    private synchronized byte[] json() {
        if (json == null) {
            json = toJson(yaml);
        }
        return json;
    }

    private static byte[] toJson(byte[] yaml) {
        Object document =
                new Load(LoadSettings.builder().build()).loadFromString(new String(yaml, StandardCharsets.UTF_8));
        if (!(document instanceof Map<?, ?> members)) {
            throw new IllegalStateException("openapi.yaml is no mapping.");
        }
        @SuppressWarnings("unchecked") // each key of OpenAPI is a text
        Map<String, Object> named = (Map<String, Object>) members;
        return Json.createObjectBuilder(named).build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
