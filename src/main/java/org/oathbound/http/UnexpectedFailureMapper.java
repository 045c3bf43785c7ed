package org.oathbound.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import java.util.List;

/** The last net: shows an id and nothing else, and logs the cause under that id, unless a client has broken its request off. */
@Provider
public class UnexpectedFailureMapper implements ExceptionMapper<Throwable> {

    private final HttpHeaders request;

    public UnexpectedFailureMapper(@Context HttpHeaders request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable failure) {
        if (Disconnection.isCauseOf(failure)) {
            return new WebFailureMapper(request).toResponse(new BadRequestException()); // nobody reads it
        }
        ErrorBody body = ErrorBody.of(ErrorResponse.UNEXPECTED_ERROR, ErrorResponse.UNEXPECTED_MESSAGE, List.of());
        ErrorResponse.log(Level.ERROR, body, failure);
        return ErrorResponse.of(Status.INTERNAL_SERVER_ERROR.getStatusCode(), body, request)
                .build();
    }
}
