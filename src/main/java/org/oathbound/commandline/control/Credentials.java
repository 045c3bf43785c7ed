package org.oathbound.commandline.control;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service, and the application that the commands use there.
 *
 * @param api the base of {@code /v1}, without a slash at its end
 * @param authorization the base of {@code /{environment}/as/token}, without a slash at its end
 * @param caCertificates a file of those who may have signed the service's certificate, as PEM; null for whom the system trusts
 */
public record Credentials(
        String api,
        String authorization,
        UUID environment,
        String clientId,
        String clientSecret,
        @Nullable Path caCertificates) {

    public Credentials {
        api = base(api);
        authorization = base(authorization);
    }

    /** Of a service whose certificate the system trusts. */
    public Credentials(String api, String authorization, UUID environment, String clientId, String clientSecret) {
        this(api, authorization, environment, clientId, clientSecret, null);
    }

    /** What the API has of the environment. */
    URI api(String tail) {
        return URI.create(api + "/v1/environments/" + environment + tail);
    }

    /** What the API has of all environments. */
    URI environments(String tail) {
        return URI.create(api + "/v1/environments" + tail);
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
