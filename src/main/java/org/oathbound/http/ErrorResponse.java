package org.oathbound.http;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Shared by the mappers: an envelope in the type the client takes, and the log entry that belongs to it. */
final class ErrorResponse {

    static final String UNEXPECTED_ERROR = "UNEXPECTED_ERROR";
    static final String UNEXPECTED_MESSAGE =
            "The request could not be completed. There was an unexpected error; its id stands in the service's log.";

    private static final Logger LOG = System.getLogger("org.oathbound.http");

    private ErrorResponse() {}

    static ResponseBuilder of(int status, ErrorBody body, HttpHeaders request) {
        return Response.status(status).entity(body).type(typeFor(request));
    }

    /** Logs a failure under the id that the client sees. */
    static void log(Level level, ErrorBody body, Throwable cause) {
        LOG.log(level, "Request failed: " + body.id(), cause);
    }

    private static MediaType typeFor(HttpHeaders request) {
        try {
            return MediaTypes.bestOf(request.getAcceptableMediaTypes());
        } catch (ProcessingException malformedAccept) {
            return MediaTypes.bestOf(List.of());
        }
    }
}
