package org.oathbound.oauth.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.http.AddressLimit;
import org.oathbound.http.ClientAddress;
import org.oathbound.http.RateLimit;
import org.oathbound.problem.Problem;

/** How often an address may ask for an access token. */
@ApplicationScoped
public class TokenRequestLimit {

    private final Supplier<String> address;
    private final RateLimit requests;

    /** @param perSecond requests of an address; 0 for no limit */
    @Inject
    public TokenRequestLimit(
            ClientAddress address,
            @ConfigProperty(name = "oathbound.limits.token-requests", defaultValue = "20") int perSecond) {
        this(address, AddressLimit.perSecond(perSecond));
    }

    TokenRequestLimit(Supplier<String> address, RateLimit requests) {
        this.address = address;
        this.requests = requests;
    }

    /** Counts one request; {@link Problem.Limited} when it is one too many. */
    void take() {
        requests.take(AddressLimit.networkOf(address.get()));
    }
}
