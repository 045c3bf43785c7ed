package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running server, and what its users do with it. */
final class Oathbound {

    static final String CREATE = "application/vnd.pingidentity.job.oathtokens.create+json";
    static final String REVOKE = "application/vnd.pingidentity.job.oathtokens.revoke+json";
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String SUFFIX = "dc=example,dc=com";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;
    private final int ldapPort;
    private final Properties bootstrap = new Properties();
    private final String accessToken;

    /**
     * A server on this machine, and an access token of its first application.
     *
     * @param data its data directory, for the first administrator's values
     */
    Oathbound(int httpPort, int ldapPort, Path data) {
        this.root = URI.create("http://127.0.0.1:" + httpPort);
        this.ldapPort = ldapPort;
        try (var file = Files.newBufferedReader(data.resolve("bootstrap.env"))) {
            bootstrap.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Confidential.note(Confidential.Kind.PASSWORD, ldapPassword());
        accessToken = authenticate(clientId(), clientSecret()).text("/access_token");
    }

    private Oathbound(Oathbound server, String environment, String clientId, String clientSecret) {
        this.root = server.root;
        this.ldapPort = server.ldapPort;
        bootstrap.putAll(server.bootstrap);
        bootstrap.setProperty("OATHBOUND_ENVIRONMENT_ID", environment);
        bootstrap.setProperty("OATHBOUND_CLIENT_ID", clientId);
        bootstrap.setProperty("OATHBOUND_CLIENT_SECRET", clientSecret);
        accessToken = authenticate(clientId, clientSecret).text("/access_token");
    }

    /** The same server for another application, of any environment. */
    Oathbound as(String environment, String clientId, String clientSecret) {
        return new Oathbound(this, environment, clientId, clientSecret);
    }

    /** The same server for a new worker application of this environment, with these roles. */
    Oathbound asWorker(String... roles) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode().put("name", String.join(", ", roles));
        List.of(roles).forEach(wanted.putArray("roles")::add);
        Answer made = post("/applications", JSON, wanted);
        assertThat(made.status()).isEqualTo(201);
        return as(environment(), made.text("/id"), made.text("/secret"));
    }

    /** The same server for the first application of a new environment. */
    Oathbound asNewEnvironment(String name) {
        Answer made = send(authorized("/v1/environments")
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(
                        JsonNodeFactory.instance.objectNode().put("name", name).toString())));
        assertThat(made.status()).isEqualTo(201);
        return as(made.text("/id"), made.text("/application/id"), made.text("/application/secret"));
    }

    String environment() {
        return bootstrap("ENVIRONMENT_ID");
    }

    String clientId() {
        return bootstrap("CLIENT_ID");
    }

    String clientSecret() {
        return bootstrap("CLIENT_SECRET");
    }

    String accessToken() {
        return accessToken;
    }

    /** What nobody may read in a log. */
    Stream<String> credentials() {
        return Stream.of(accessToken, clientSecret(), basic().substring("Basic ".length()), ldapPassword());
    }

    /** Neither a seed nor what is said in confidence to get in. */
    void assertNothingSecretIn(String log) {
        Seeds.assertNoSecretIn(log);
        assertThat(credentials().filter(log::contains)).as("credentials").isEmpty();
    }

    /** The application's id and secret as HTTP's own scheme has them (RFC 7617). */
    String basic() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((clientId() + ":" + clientSecret()).getBytes(StandardCharsets.UTF_8));
    }

    URI root() {
        return root;
    }

    /** A path below the environment. */
    String path(String tail) {
        return "/v1/environments/" + environment() + tail;
    }

    /** As {@code cn=admin}. */
    LDAPConnection ldap() throws LDAPException {
        return new LDAPConnection("127.0.0.1", ldapPort, "cn=admin," + SUFFIX, ldapPassword());
    }

    int ldapPort() {
        return ldapPort;
    }

    String ldapPassword() {
        return bootstrap("LDAP_PASSWORD");
    }

    Answer authenticate(String clientId, String clientSecret) {
        return form(Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret));
    }

    Answer form(Map<String, String> values, String... headers) {
        String body = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request("/" + environment() + "/as/token")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer get(String tail, String... headers) {
        HttpRequest.Builder request = authorized(path(tail));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Fetches what a link leads to. */
    Answer follow(String href) {
        assertThat(href).startsWith(root.toString());
        return send(authorized(href));
    }

    Answer delete(String tail) {
        return send(authorized(path(tail)).DELETE());
    }

    Answer put(String tail, JsonNode body) {
        return send(authorized(path(tail)).header("Content-Type", JSON).PUT(BodyPublishers.ofString(body.toString())));
    }

    Answer post(String tail, String mediaType, JsonNode body) {
        return post(tail, mediaType, BodyPublishers.ofString(body.toString()));
    }

    Answer post(String tail, String mediaType, BodyPublisher body) {
        return send(authorized(path(tail)).header("Content-Type", mediaType).POST(body));
    }

    /** Begins a sign-on flow with a device and its code. */
    Answer signOn(String user, String device, String otp) {
        ObjectNode flow = JsonNodeFactory.instance.objectNode();
        flow.putObject("user").put("id", user);
        flow.putObject("selectedDevice").put("id", device).put("otp", otp);
        return send(authorized("/" + environment() + "/deviceAuthentications")
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(flow.toString())));
    }

    Answer create(JsonNode token) {
        return post("/oathTokens", JSON, token);
    }

    Answer tokens(String filter) {
        return get("/oathTokens?limit=200&filter=" + encoded(filter));
    }

    boolean has(String serialNumber) {
        return tokens("serialNumber eq \"" + serialNumber + "\"")
                        .json()
                        .get("size")
                        .asInt()
                == 1;
    }

    /** Posts a job, and waits for its end. */
    JsonNode done(String mediaType, JsonNode job) {
        Answer accepted = post("/oathJobs", mediaType, job);
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return done(accepted.text("/id"));
    }

    /** Waits for a job's end. */
    JsonNode done(String job) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            Answer answer = get("/oathJobs/" + job);
            if (!answer.text("/status").equals("PENDING")) {
                assertThat(answer.text("/status")).as(answer.body()).isEqualTo("DONE");
                return answer.json();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("The job " + job + " is PENDING still, after " + PATIENCE);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE);
    }

    HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + accessToken);
    }

    /** Sends it, and holds the answer against the contract. */
    Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        Answer answer = fetch(request);
        Contract.check(request.method(), request.uri().getRawPath(), answer);
        Seeds.assertNoSecretIn(answer.body());
        return answer;
    }

    /** Fetches what the contract does not describe. */
    Answer page(String path) {
        return fetch(request(path).build());
    }

    /** Sends what no contract knows, as it is written. */
    int status(HttpRequest.Builder request) {
        return fetch(request.build()).status();
    }

    private Answer fetch(HttpRequest request) {
        Confidential.note(request);
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (type.contains("json")) { // reports and backups have no secret, but serial numbers that look like one
                Confidential.noteBody(type, response.body());
            }
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String bootstrap(String name) {
        return bootstrap.getProperty("OATHBOUND_" + name);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
