package org.oathbound.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * A roll-out on a server of its own: fobs imported by one job, their people created, assigned by one job, activated by
 * eight clients, listed by status; the time of each. Argument: how many.
 */
final class ManyFobs {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CLIENTS = 8;

    private final Oathbound server;
    private final int count;

    private ManyFobs(Oathbound server, int count) {
        this.server = server;
        this.count = count;
    }

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Path data = Files.createTempDirectory("oathbound-fobs").resolve("data");
        try (ServerProcess process = ServerProcess.start(data, Map.of())) {
            new ManyFobs(process.oathbound(), count).run();
        }
    }

    private void run() throws Exception {
        timed("imported by one job", () -> server.done(Oathbound.CREATE, imports()));
        timed("people created", () -> byAll(this::create));
        timed("assigned by one job", () -> server.done("application/vnd.oathbound.job.oathtokens.pair+json", pairs()));
        timed("listed as waiting", () -> list("ACTIVATION_REQUIRED").size());
        List<JsonNode> waiting = list("ACTIVATION_REQUIRED");
        timed("activated", () -> byAll(i -> activate(waiting.get(i))));
        timed("listed as active", () -> list("ACTIVE").size());
        List<JsonNode> active = list("ACTIVE");
        timed("signed on", () -> byAll(i -> signOn(active.get(i))));
    }

    private void timed(String what, Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%-22s %8d %8.1f s %8.0f / s%n", what, count, seconds, count / seconds);
    }

    private ObjectNode imports() {
        ObjectNode job = JSON.createObjectNode().put("type", "CREATE_OATH_TOKENS");
        ArrayNode tokens = job.putArray("tokens");
        for (int i = 0; i < count; i++) {
            tokens.add(Seeds.hotp("F" + i));
        }
        return job;
    }

    private ObjectNode pairs() {
        ObjectNode job = JSON.createObjectNode().put("type", "PAIR_OATH_TOKENS");
        ArrayNode pairs = job.putArray("pairs");
        for (int i = 0; i < count; i++) {
            pairs.addObject()
                    .put("serialNumber", "F" + i)
                    .put("username", "user" + i)
                    .put("status", "ACTIVATION_REQUIRED");
        }
        return job;
    }

    private void create(int i) {
        require(
                server.post("/users", Oathbound.JSON, JSON.createObjectNode().put("username", "user" + i)), 201);
    }

    private void activate(JsonNode device) {
        OwnDevices own = OwnDevices.of(server, device.at("/user/id").asText());
        require(own.activate(device.get("id").asText(), OwnDevices.code(Seeds.SECRET, 6, 0), true), 200);
    }

    private void signOn(JsonNode device) {
        OwnDevices own = OwnDevices.of(server, device.at("/user/id").asText());
        require(own.signOn(device.get("id").asText(), OwnDevices.code(Seeds.SECRET, 6, 1)), 201);
    }

    private List<JsonNode> list(String status) {
        List<JsonNode> all = new ArrayList<>();
        Answer page = server.get("/devices?limit=200&filter=" + Oathbound.encoded("status eq \"" + status + "\""));
        while (true) {
            require(page, 200).json().at("/_embedded/devices").forEach(all::add);
            String next = page.text("/_links/next/href");
            if (next.isEmpty()) {
                return all;
            }
            page = server.follow(next);
        }
    }

    private int byAll(IntConsumer work) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                int first = client;
                running.add(clients.submit(() -> {
                    for (int i = first; i < count; i += CLIENTS) {
                        work.accept(i);
                    }
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
            return count;
        } finally {
            clients.shutdown();
        }
    }

    private static Answer require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return answer;
    }
}
