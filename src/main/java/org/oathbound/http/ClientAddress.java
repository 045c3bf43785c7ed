package org.oathbound.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Where the request that is being answered comes from; {@code X-Forwarded-For} counts only from a trusted proxy. */
@ApplicationScoped
public class ClientAddress implements Supplier<String> {

    private final HttpServletRequest request;
    private final TrustedProxies trustedProxies;

    @Inject
    public ClientAddress(HttpServletRequest request, TrustedProxies trustedProxies) {
        this.request = request;
        this.trustedProxies = trustedProxies;
    }

    /** An IPv4 or IPv6 address. */
    @Override
    public String get() {
        return of(request);
    }

    /** The same of any request. */
    public String of(HttpServletRequest any) {
        trustedProxies.warnOfIgnored(any);
        List<String> forwarded = Collections.list(any.getHeaders("X-Forwarded-For"));
        return trustedProxies.clientBehind(any.getRemoteAddr(), String.join(",", forwarded));
    }
}
