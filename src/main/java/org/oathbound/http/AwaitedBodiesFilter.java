package org.oathbound.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/**
 * Bounds how many threads wait for the next bytes of bodies that anonymous callers of one address send: reading one more ends with
 * {@link Problem.Limited}. A body that comes at once is waited for by none.
 */
@Provider
@Priority(Priorities.USER + 1) // behind the other limits of a body
@ApplicationScoped
public class AwaitedBodiesFilter implements ContainerRequestFilter {

    static final int OF_AN_ADDRESS = 32;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final AtOnce waiting = new AtOnce(OF_AN_ADDRESS);
    private final Supplier<String> address;

    @Inject
    public AwaitedBodiesFilter(ClientAddress address) {
        this((Supplier<String>) address);
    }

    AwaitedBodiesFilter(Supplier<String> address) {
        this.address = address;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.hasEntity() && BodyLimitFilter.isAnonymous(request)) {
            String network = AddressLimit.networkOf(address.get());
            request.setEntityStream(new Bounded(request.getEntityStream(), network));
        }
    }

    private final class Bounded extends FilterInputStream {

        private final String network;

        private Bounded(InputStream body, String network) {
            super(body);
            this.network = network;
        }

        @Override
        public int read() throws IOException {
            begin();
            try {
                return super.read();
            } finally {
                waiting.end(network);
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            begin();
            try {
                return super.read(buffer, offset, length);
            } finally {
                waiting.end(network);
            }
        }

        private void begin() {
            if (!waiting.begin(network)) {
                throw new Problem.Limited(RETRY_AFTER);
            }
        }
    }
}
