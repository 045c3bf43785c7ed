package org.oathbound.http;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.oathbound.problem.Problem;

/** The one place that translates a {@link Problem} into HTTP: status, PingOne's code and message, headers. */
@Provider
public class ProblemMapper implements ExceptionMapper<Problem> {

    private static final String INVALID_DATA_MESSAGE =
            "The request could not be completed. One or more validation errors were in the request.";
    private static final String REQUEST_FAILED_MESSAGE =
            "The request could not be completed. There was an issue processing the request.";
    private static final String NO_ACCESS_MESSAGE = "You do not have access to this resource.";
    private static final String LIMITED_MESSAGE = "There are too many requests. Try again later.";
    private static final String UNAVAILABLE_MESSAGE = "The service can't answer now. Try again later.";

    private final HttpHeaders request;

    public ProblemMapper(@Context HttpHeaders request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Problem problem) {
        return switch (problem) {
            case Problem.InvalidData p ->
                answer(Status.BAD_REQUEST, "INVALID_DATA", INVALID_DATA_MESSAGE, p)
                        .build();
            case Problem.RequestFailed p ->
                answer(Status.BAD_REQUEST, "REQUEST_FAILED", REQUEST_FAILED_MESSAGE, p)
                        .build();
            case Problem.InvalidRequest p -> invalidRequest(Status.BAD_REQUEST, p);
            case Problem.TooLarge p -> invalidRequest(Status.REQUEST_ENTITY_TOO_LARGE, p);
            case Problem.UnsupportedMediaType p -> invalidRequest(Status.UNSUPPORTED_MEDIA_TYPE, p);
            case Problem.Unauthenticated p ->
                answer(Status.UNAUTHORIZED, "ACCESS_FAILED", NO_ACCESS_MESSAGE, p)
                        .header(HttpHeaders.WWW_AUTHENTICATE, challenge())
                        .build();
            case Problem.Forbidden p ->
                answer(Status.FORBIDDEN, "ACCESS_FAILED", NO_ACCESS_MESSAGE, p).build();
            case Problem.NotFound p ->
                answer(Status.NOT_FOUND, "NOT_FOUND", p.getMessage(), p).build();
            case Problem.Limited p ->
                answer(Status.TOO_MANY_REQUESTS, "REQUEST_LIMITED", LIMITED_MESSAGE, p)
                        .header(HttpHeaders.RETRY_AFTER, wholeSeconds(p.retryAfter()))
                        .build();
            case Problem.Unavailable p -> unavailable(p);
            case Problem.Corrupt p -> unexpected(p);
        };
    }

    private Response invalidRequest(Status status, Problem problem) {
        return answer(status, "INVALID_REQUEST", problem.getMessage(), problem).build();
    }

    private ResponseBuilder answer(Status status, String code, String message, Problem problem) {
        return ErrorResponse.of(status.getStatusCode(), ErrorBody.of(code, message, problem.details()), request);
    }

    /** RFC 6750 section 3.1: the error is named only to those who sent a token. */
    private String challenge() {
        String sent = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        boolean sentToken = sent != null && sent.toLowerCase(Locale.ROOT).startsWith("bearer");
        return "Bearer realm=\"oathbound\"" + (sentToken ? ", error=\"invalid_token\"" : "");
    }

    /** The same whatever could not be done: it must not tell a right code from a wrong one. */
    private Response unavailable(Problem.Unavailable problem) {
        ErrorBody body = ErrorBody.of(ErrorResponse.UNEXPECTED_ERROR, UNAVAILABLE_MESSAGE, List.of());
        ErrorResponse.log(Level.WARNING, body, problem);
        return ErrorResponse.of(Status.SERVICE_UNAVAILABLE.getStatusCode(), body, request)
                .header(HttpHeaders.RETRY_AFTER, wholeSeconds(problem.retryAfter()))
                .build();
    }

    private Response unexpected(Problem problem) {
        ErrorBody body = ErrorBody.of(ErrorResponse.UNEXPECTED_ERROR, ErrorResponse.UNEXPECTED_MESSAGE, List.of());
        ErrorResponse.log(Level.ERROR, body, problem);
        return ErrorResponse.of(Status.INTERNAL_SERVER_ERROR.getStatusCode(), body, request)
                .build();
    }

    /** As {@code Retry-After} has them: never too few, and never none. */
    public static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
