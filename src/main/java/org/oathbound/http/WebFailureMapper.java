package org.oathbound.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.List;

/** Gives the envelope to what JAX-RS itself refuses: unknown paths, methods and media types. Keeps its headers. */
@Provider
public class WebFailureMapper implements ExceptionMapper<WebApplicationException> {

    private final HttpHeaders request;

    public WebFailureMapper(@Context HttpHeaders request) {
        this.request = request;
    }

    @Override
    public Response toResponse(WebApplicationException failure) {
        Response plain = failure.getResponse();
        Family family = plain.getStatusInfo().getFamily();
        if (plain.hasEntity() || (family != Family.CLIENT_ERROR && family != Family.SERVER_ERROR)) {
            return plain;
        }
        ErrorBody body = ErrorBody.of(codeFor(plain), messageFor(plain), List.of());
        if (family == Family.SERVER_ERROR) {
            ErrorResponse.log(Level.ERROR, body, failure);
        }
        Response.ResponseBuilder answer = ErrorResponse.of(plain.getStatus(), body, request);
        plain.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer.build();
    }

    private static String codeFor(Response plain) {
        return switch (plain.getStatus()) {
            case 401, 403 -> "ACCESS_FAILED";
            case 404 -> "NOT_FOUND";
            default -> plain.getStatus() < 500 ? "INVALID_REQUEST" : ErrorResponse.UNEXPECTED_ERROR;
        };
    }

    private static String messageFor(Response plain) {
        return switch (plain.getStatus()) {
            case 401, 403 -> "You do not have access to this resource.";
            case 404 -> "The requested resource was not found.";
            case 405 -> "The method is not supported for this resource.";
            case 406 -> "The resource has no representation of a media type that the request accepts.";
            case 415 -> "The media type of the request is not supported for this resource.";
            default ->
                plain.getStatus() < 500
                        ? "The request could not be completed. It can't be read."
                        : ErrorResponse.UNEXPECTED_MESSAGE;
        };
    }
}
