package org.oathbound.commandline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A service that answers what a test tells it to, and remembers what it was asked. */
public final class FakeOathbound implements AutoCloseable {

    public static final String ENVIRONMENT = "0b6b3f4d-2b33-4bd2-a1a6-0a0f6b5d3c11";
    public static final String CLIENT = "5b2ecf6a-51a5-4be9-8b57-1e0cfd5c2a70";
    public static final String SECRET = "c1ient-s3cret";

    /** One request; the path has the query. */
    public record Asked(String method, String path, String mediaType, String authorization, String body) {}

    private record Answer(int status, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private int accessTokens;

    public FakeOathbound() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The environment variables of somebody who works with it. */
    public Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        variables.put("OATHBOUND_URL", url());
        variables.put("OATHBOUND_ENVIRONMENT_ID", ENVIRONMENT);
        variables.put("OATHBOUND_CLIENT_ID", CLIENT);
        variables.put("OATHBOUND_CLIENT_SECRET", SECRET);
        return variables;
    }

    /**
     * Answers one request so; the last answer for a request is given for ever.
     *
     * @param tail what stands behind {@code /v1/environments/{environment}}, with the query
     */
    public FakeOathbound on(String method, String tail, int status, String body, String... headers) {
        Map<String, String> map = new HashMap<>();
        for (int n = 0; n < headers.length; n += 2) {
            map.put(headers[n], headers[n + 1]);
        }
        answers.computeIfAbsent(method + " " + base() + tail, key -> new ArrayDeque<>())
                .add(new Answer(status, body, map));
        return this;
    }

    public FakeOathbound onGet(String tail, String body) {
        return on("GET", tail, 200, body);
    }

    /** All that was asked, but for access tokens. */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    public synchronized int accessTokens() {
        return accessTokens;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String base() {
        return "/v1/environments/" + ENVIRONMENT;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        String path = exchange.getRequestURI().toString();
        Answer answer;
        if (path.equals("/" + ENVIRONMENT + "/as/token")) {
            accessTokens++;
            answer = new Answer(200, "{\"access_token\": \"access-token-" + accessTokens + "\"}", Map.of());
        } else {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    body));
            Deque<Answer> all = answers.getOrDefault(exchange.getRequestMethod() + " " + path, new ArrayDeque<>());
            answer = all.size() > 1
                    ? all.removeFirst()
                    : all.isEmpty() ? new Answer(404, "{}", Map.of()) : all.getFirst();
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
