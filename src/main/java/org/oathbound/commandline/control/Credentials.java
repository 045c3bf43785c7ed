package org.oathbound.commandline.control;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * The address of a service, and the application that the commands use there.
 *
 * @param api the base of {@code /v1}, without a slash at its end
 * @param authorization the base of {@code /{environment}/as/token}, without a slash at its end
 */
public record Credentials(String api, String authorization, UUID environment, String clientId, String clientSecret) {

    public Credentials {
        api = base(api);
        authorization = base(authorization);
    }

    /** What the API has of the environment. */
    URI api(String tail) {
        return URI.create(api + "/v1/environments/" + environment + tail);
    }

    /** What PingOne has at its authorization host. */
    URI authorization(String tail) {
        return URI.create(authorization + "/" + environment + tail);
    }

    /** RFC 7617's credentials of the client. */
    String basic() {
        byte[] client = (clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(client);
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
