package org.oathbound.oauth.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The body of a request to the token endpoint: {@code application/x-www-form-urlencoded}, no name twice. */
final class FormParameters {

    private final Map<String, String> values = new HashMap<>();

    private FormParameters() {}

    /** Reads the whole body; {@code invalid_request} when it is malformed or has a name twice (RFC 6749 section 3.2). */
    static FormParameters read(InputStream body) throws IOException {
        FormParameters form = new FormParameters();
        String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        for (String parameter : text.split("&", -1)) {
            if (!parameter.isEmpty()) {
                form.add(parameter);
            }
        }
        return form;
    }

    /** The value, if the parameter was sent; one without a value counts as not sent. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    private void add(String parameter) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = decode(equals < 0 ? "" : parameter.substring(equals + 1));
        if (values.put(name, value) != null) {
            throw OAuthError.invalidRequest("A parameter comes more than once.");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw OAuthError.invalidRequest("The body is not a form.");
        }
    }
}
