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
            request.getMediaType();
            if (!request.getAcceptableMediaTypes().stream().allMatch(MediaTypes::hasKnownCharset)) {
                throw new BadRequestException(); // the answer would be written in that charset
            }
        } catch (ProcessingException e) {
            throw new BadRequestException();
        }
    }
}
