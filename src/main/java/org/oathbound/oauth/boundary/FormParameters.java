package org.oathbound.oauth.boundary;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.UrlEncodedForm;
import org.oathbound.problem.Problem;

/** The body of a request to the token endpoint: {@code application/x-www-form-urlencoded}, no name twice. */
final class FormParameters {

    private final MultivaluedMap<String, String> values;

    private FormParameters(MultivaluedMap<String, String> values) {
        this.values = values;
    }

    /** Reads the whole body; {@code invalid_request} when it is malformed or has a name twice (RFC 6749 section 3.2). */
    static FormParameters read(InputStream body, @Nullable MediaType type) {
        MultivaluedMap<String, String> values;
        try {
            values = UrlEncodedForm.read(body, type);
        } catch (Problem.InvalidRequest e) {
            throw OAuthError.invalidRequest(e.getMessage());
        }
        if (values.values().stream().map(List::size).anyMatch(size -> size > 1)) {
            throw OAuthError.invalidRequest("A parameter comes more than once.");
        }
        return new FormParameters(values);
    }

    /** The value, if the parameter was sent; one without a value counts as not sent. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.getFirst(name)).filter(value -> !value.isEmpty());
    }
}
