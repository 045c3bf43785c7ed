package org.oathbound.oauth.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.ProblemMapper;

/** An error of the token endpoint (RFC 6749 section 5.2). */
public record OAuthError(
        String error, @JsonbProperty("error_description") String description) {

    static WebApplicationException invalidRequest(String description) {
        return failure(Status.BAD_REQUEST, "invalid_request", description);
    }

    static WebApplicationException unsupportedGrantType() {
        return failure(
                Status.BAD_REQUEST,
                "unsupported_grant_type",
                "Only client_credentials and authorization_code are supported.");
    }

    static WebApplicationException invalidGrant() {
        return failure(
                Status.BAD_REQUEST,
                "invalid_grant",
                "The code is not one for this application and redirect URI, was used before, or is too old.");
    }

    static WebApplicationException unauthorizedClient() {
        return failure(Status.BAD_REQUEST, "unauthorized_client", "The application has no role.");
    }

    /** @param challenge whether the client tried by HTTP's own scheme and must be answered by it */
    static WebApplicationException invalidClient(boolean challenge) {
        ResponseBuilder answer = answer(
                Status.UNAUTHORIZED, "invalid_client", "There is no such application, or this is not its secret.");
        if (challenge) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"oathbound\"");
        }
        return new WebApplicationException(answer.build());
    }

    /**
     * OAuth has no word for it here; {@code slow_down} is the code that RFC 8628 section 3.5 has for a client that asks
     * too often.
     */
    static WebApplicationException tooManyRequests(Duration retryAfter) {
        return new WebApplicationException(answer(
                        Status.TOO_MANY_REQUESTS,
                        "slow_down",
                        "There are too many requests, or too many wrong secrets. Try again later.")
                .header(HttpHeaders.RETRY_AFTER, ProblemMapper.wholeSeconds(retryAfter))
                .build());
    }

    private static WebApplicationException failure(Status status, String error, String description) {
        return new WebApplicationException(answer(status, error, description).build());
    }

    private static ResponseBuilder answer(Status status, String error, String description) {
        return Response.status(status)
                .entity(new OAuthError(error, description))
                .type(MediaTypes.JSON);
    }
}
