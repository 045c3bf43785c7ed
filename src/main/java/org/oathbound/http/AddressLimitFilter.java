package org.oathbound.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Holds every call to its address's limit before anything else is looked at. Probes of health are no calls. */
@Provider
@PreMatching
@Priority(0)
@ApplicationScoped
public class AddressLimitFilter implements ContainerRequestFilter {

    private final AddressLimit limit;
    private final ClientAddress address;

    @Inject
    public AddressLimitFilter(AddressLimit limit, ClientAddress address) {
        this.limit = limit;
        this.address = address;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        limit.take(address.get());
    }
}
