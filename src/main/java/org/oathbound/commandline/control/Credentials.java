package org.oathbound.commandline.control;

import java.net.URI;
import java.util.UUID;

/**
 * Where a service is, and as whom it is spoken to.
 *
 * @param api the base of {@code /v1}, without a slash at its end
 * @param authorization the base of {@code /{environment}/as/token}, without a slash at its end
 */
public record Credentials(String api, String authorization, UUID environment, String clientId, String clientSecret) {

    public Credentials {
        api = base(api);
        authorization = base(authorization);
    }

    @Override
    public String toString() {
        return "Credentials[" + api + ", " + environment + ", " + clientId + "]";
    }

    private static String base(String url) {
        String base = url.strip().replaceFirst("/+$", "");
        try {
            URI uri = URI.create(base);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // Answered below.
        }
        throw Failure.usage("The service's URL must be like https://oathbound.example.com: " + url);
    }
}
