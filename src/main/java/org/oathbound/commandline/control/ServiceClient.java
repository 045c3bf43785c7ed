package org.oathbound.commandline.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.entity.ExitCode;

/** The service: every request of the command line goes through here, and every answer that is an error becomes a {@link Refusal}. */
public final class ServiceClient {

    public static final String JSON = "application/json";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /** For a whole seed file to be sent, read and kept. */
    private static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Credentials credentials;
    private final Function<String, URI> api;
    private final @Nullable String ticket;
    private final HttpClient http;
    private @Nullable String accessToken;

    public ServiceClient(Credentials credentials) {
        this(credentials, null);
    }

    /** @param ticket for which everything is done; null for none */
    public ServiceClient(Credentials credentials, @Nullable String ticket) {
        this(credentials, credentials::api, ticket);
    }

    private ServiceClient(Credentials credentials, Function<String, URI> api, @Nullable String ticket) {
        this.credentials = credentials;
        this.api = api;
        this.ticket = ticket;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(TrustedCertificates.of(credentials))
                .build();
    }

    /** Where it is, without a slash at the end. */
    public String url() {
        return credentials.api();
    }

    /** The environment that the access token is for. */
    public UUID environment() {
        return credentials.environment();
    }

    /**
     * Reads something.
     *
     * @param tail what stands behind {@code /v1/environments/{environment}}; so in the other methods
     */
    public JsonNode get(String tail) {
        return json(answer(request(api.apply(tail))));
    }

    public JsonNode post(String tail, String mediaType, Map<String, ?> body) {
        return post(tail, mediaType, body(body));
    }

    public JsonNode post(String tail, String mediaType, BodyPublisher body) {
        return json(answer(
                request(api.apply(tail)).header("Content-Type", mediaType).POST(body)));
    }

    /** Posts to what PingOne has at its authorization host: behind {@code /{environment}}. */
    public JsonNode postToAuthorization(String tail, String mediaType, Map<String, ?> body) {
        return json(answer(request(credentials.authorization(tail))
                .header("Content-Type", mediaType)
                .POST(body(body))));
    }

    /** Replaces something. */
    public JsonNode put(String tail, String mediaType, JsonNode body) {
        return send("PUT", tail, mediaType, body);
    }

    /** Changes what the body has, and nothing else (RFC 7396). */
    public JsonNode patch(String tail, JsonNode body) {
        return send("PATCH", tail, JSON, body);
    }

    private JsonNode send(String method, String tail, String mediaType, JsonNode body) {
        return json(answer(request(api.apply(tail))
                .header("Content-Type", mediaType)
                .method(method, BodyPublishers.ofString(body.toString()))));
    }

    public void delete(String tail) {
        json(answer(request(api.apply(tail)).DELETE()));
    }

    /** The same service, with tails that stand behind {@code /v1/environments}. */
    public ServiceClient atEnvironments() {
        return new ServiceClient(credentials, credentials::environments, ticket);
    }

    /**
     * Passes on what is in a list.
     *
     * @param name what the list is called in {@code _embedded}
     * @param all whether to go on behind the first page
     * @return whether there is more than was passed on
     */
    public boolean list(String tail, String name, boolean all, Consumer<JsonNode> items) {
        JsonNode page = get(tail);
        while (true) {
            page.path("_embedded").path(name).forEach(items);
            String next = page.at("/_links/next/href").asText();
            if (next.isEmpty() || !all) {
                return !next.isEmpty();
            }
            // Only the query: the access token is for the service that was named, not for where a link leads.
            String path =
                    tail.replaceFirst("\\?.*", "") + "?" + URI.create(next).getRawQuery();
            page = RetryWhenBusy.ask(() -> get(path)); // not in vain what has been read
        }
    }

    /** Writes what the service answers. */
    public void download(HttpRequest.Builder request, OutputStream out) throws IOException {
        HttpResponse<InputStream> answer = answer(request);
        URI uri = answer.uri();
        byte[] buffer = new byte[1 << 14];
        try (InputStream body = answer.body()) {
            for (int read = read(body, buffer, uri); read >= 0; read = read(body, buffer, uri)) {
                out.write(buffer, 0, read);
            }
        }
    }

    /** What breaks here is the connection, and not the file that is written. */
    private static int read(InputStream body, byte[] buffer, URI uri) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw Unreachable.failure(uri, e);
        }
    }

    /** The same of comma-separated values; {@link Failure} when they were cut off. */
    public void downloadTable(String tail, OutputStream out) throws IOException {
        WholeTable table = new WholeTable(out);
        download(request(tail, "text/csv"), table);
        table.flush();
        table.requireEnd();
    }

    /** A request that is not sent yet, to {@code GET} unless it is told otherwise. */
    public HttpRequest.Builder request(String tail, String accept) {
        return request(api.apply(tail)).setHeader("Accept", accept);
    }

    /** A value as part of a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** A JSON object as a request's body. */
    public static BodyPublisher body(Map<String, ?> members) {
        return BodyPublishers.ofString(MAPPER.valueToTree(members).toString());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", JSON);
    }

    /** Access tokens end: one that is refused is fetched anew, once. */
    private HttpResponse<InputStream> answer(HttpRequest.Builder request) {
        boolean fresh = accessToken == null;
        if (fresh) {
            accessToken = fetchAccessToken();
        }
        if (ticket != null) {
            request.setHeader("Oathbound-Ticket", ticket);
        }
        HttpResponse<InputStream> answer =
                send(request.setHeader("Authorization", "Bearer " + accessToken).build());
        if (answer.statusCode() == 401 && !fresh) {
            accessToken = null;
            return answer(request);
        }
        return orRefusal(answer);
    }

    private String fetchAccessToken() {
        HttpRequest request = request(credentials.authorization("/as/token"))
                .header("Authorization", credentials.basic())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return json(orRefusal(send(request))).path("access_token").asText();
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (UncheckedIOException | IOException e) {
            throw Unreachable.failure(request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.");
        }
    }

    private static HttpResponse<InputStream> orRefusal(HttpResponse<InputStream> answer) {
        if (answer.statusCode() / 100 == 2) {
            return answer;
        }
        throw Refusal.of(answer);
    }

    private static JsonNode json(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return parse(body.readAllBytes());
        } catch (IOException e) {
            throw Unreachable.failure(answer.uri(), e);
        }
    }

    static JsonNode parse(byte[] body) throws IOException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
