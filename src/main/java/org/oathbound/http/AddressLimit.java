package org.oathbound.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.oathbound.problem.Problem;

/** How often one address may ask, over whatever protocol. */
@ApplicationScoped
public class AddressLimit {

    /** For so long a burst above the limit is allowed: an application that starts sends many requests at once. */
    private static final Duration BURST = Duration.ofSeconds(5);

    private final int perSecond;
    private final RateLimit limit;

    /** @param perSecond requests; 0 for no limit */
    @Inject
    public AddressLimit(@ConfigProperty(name = "oathbound.limits.address", defaultValue = "2000") int perSecond) {
        this.perSecond = perSecond;
        this.limit = perSecond(perSecond);
    }

    /** A limit of the same size for something else: whoever has used one up has not used up the other. */
    public AddressLimit another() {
        return new AddressLimit(perSecond);
    }

    /** A limit in requests a second, five seconds' worth of which may come at once. */
    public static RateLimit perSecond(int requests) {
        return new RateLimit(Math.multiplyExact(requests, (int) BURST.toSeconds()), BURST);
    }

    /** What counts as one address: what one client can choose addresses from at will, a /64 of IPv6. */
    public static String networkOf(String address) {
        return TrustedProxies.networkOf(address);
    }

    /** Counts one request; {@link Problem.Limited} when it is one too many. */
    public void take(String address) {
        limit.take(networkOf(address));
    }
}
