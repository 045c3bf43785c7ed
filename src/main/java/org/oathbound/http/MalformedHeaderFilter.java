package org.oathbound.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Reads the headers that choose a method first, so that malformed ones are the client's fault and not an error of ours. */
@Provider
@PreMatching
public class MalformedHeaderFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        try {
            request.getAcceptableMediaTypes();
            request.getMediaType();
        } catch (ProcessingException e) {
            throw new BadRequestException();
        }
    }
}
