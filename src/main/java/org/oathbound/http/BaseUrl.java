package org.oathbound.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where clients reach this service: scheme, host and port, without a slash at the end. From {@code oathbound.public-url},
 * else from the request; {@code X-Forwarded-Proto}, {@code -Host} and {@code -Port} count only from a trusted proxy.
 */
@ApplicationScoped
public class BaseUrl {

    private final Optional<String> configured;
    private final TrustedProxies trustedProxies;

    /** Throws {@link IllegalArgumentException} when the configuration can't be read. */
    @Inject
    public BaseUrl(
            @ConfigProperty(name = "oathbound.public-url") Optional<String> publicUrl, TrustedProxies trustedProxies) {
        this.configured = publicUrl.map(BaseUrl::checked);
        this.trustedProxies = trustedProxies;
    }

    /** The base of every link in the answer to this request. */
    public String of(HttpServletRequest request) {
        return configured.orElseGet(() -> asSeenBy(request));
    }

    /** The URL without a slash at the end; {@link IllegalArgumentException} when it is not an absolute http(s) URL. */
    public static String checked(String url) {
        URI uri = URI.create(url.strip());
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("Not an absolute http or https URL: " + url);
        }
        return uri.toString().replaceAll("/+$", "");
    }

    private String asSeenBy(HttpServletRequest request) {
        Origin origin =
                new Origin(request.getScheme(), request.getServerName(), String.valueOf(request.getServerPort()));
        if (trustedProxies.contains(request.getRemoteAddr())) {
            origin = origin.forwardedAs(
                    first(request, "X-Forwarded-Proto"),
                    first(request, "X-Forwarded-Host"),
                    first(request, "X-Forwarded-Port"));
        }
        // An invented host leads nowhere: the answer still has links, for the request may be served already.
        return origin.isPlausible() ? origin.url() : "http://localhost:" + request.getLocalPort();
    }

    /** The first value is the one that the proxy nearest to the client has written. */
    private static @Nullable String first(HttpServletRequest request, String header) {
        String values = request.getHeader(header);
        return values == null ? null : values.split(",", -1)[0].strip();
    }
}
