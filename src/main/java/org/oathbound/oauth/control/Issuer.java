package org.oathbound.oauth.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The issuer that our access tokens name: one for each environment. From {@code oathbound.issuer-url}, else {@code
 * oathbound.public-url}; never from a request, or its sender could choose the issuer.
 */
@ApplicationScoped
public class Issuer {

    private final String base;

    /** Throws {@link IllegalArgumentException} when the configuration is not a URL. */
    @Inject
    public Issuer(
            @ConfigProperty(name = "oathbound.issuer-url") Optional<String> issuerUrl,
            @ConfigProperty(name = "oathbound.public-url") Optional<String> publicUrl) {
        this.base = issuerUrl.or(() -> publicUrl).map(Issuer::checked).orElse("http://localhost:8080");
    }

    private static String checked(String url) {
        if (!url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
            throw new IllegalArgumentException("oathbound.issuer-url is not an absolute http or https URL: " + url);
        }
        return url.replaceAll("/+$", "");
    }

    /** The {@code iss} of an environment's access tokens; the token endpoint and the keys are below it. */
    public String of(UUID environment) {
        return base + "/" + environment + "/as";
    }

    /** The {@code aud} of all access tokens. */
    public String audience() {
        return base;
    }
}
