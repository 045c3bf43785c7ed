package org.oathbound.it;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Strangers who want to keep others out of a server, and some who only want to sign in meanwhile. Ends by itself. */
final class Attack {

    /** Where the strangers and the others meet. */
    enum Interface {
        BINDS,
        PAGE,
        TOKENS
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PASSWORD = "correct horse battery staple";
    private static final String BACK = "https://app.example.com/back";
    private static final int ADDRESSES = 200;
    private static final int HONEST = 10;
    private static final Duration BETWEEN = Duration.ofSeconds(8);

    private final ServerProcess server;
    private final Oathbound oathbound;
    private final Interface at;
    private final List<Honest> honest = new ArrayList<>();
    private final String program;

    Attack(ServerProcess server, Interface at) {
        this.server = server;
        this.oathbound = server.oathbound();
        this.at = at;
        this.program = at == Interface.PAGE ? program() : "";
        for (int i = 0; i < HONEST; i++) {
            honest.add(new Honest(i));
        }
    }

    /**
     * What the others were answered.
     *
     * @param millis how long each answer took that let somebody in, in ascending order
     * @param refused how many let nobody in
     * @param attempts of the strangers
     */
    record Outcome(List<Long> millis, int refused, int attempts) {

        int all() {
            return millis.size() + refused;
        }

        double withinASecond() {
            return millis.stream().filter(taken -> taken <= 1_000).count() / (double) Math.max(1, all());
        }

        @Override
        public String toString() {
            long median = millis.isEmpty() ? 0 : millis.get(millis.size() / 2);
            long longest = millis.isEmpty() ? 0 : millis.getLast();
            return "%d of %d let in, %.1f %% within a second, median %d ms, longest %d ms; strangers made %d attempts"
                    .formatted(millis.size(), all(), 100 * withinASecond(), median, longest, attempts);
        }
    }

    /** Each of the others once, before anybody attacks. */
    void signInOnce() {
        for (Honest one : honest) {
            if (!one.signIn()) {
                throw new IllegalStateException("Somebody was not let in although nobody attacks.");
            }
        }
    }

    /** @param strangers connections, from up to 200 addresses of as many networks; none for the same without an attack */
    Outcome run(int strangers, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < strangers; i++) {
                int number = i;
                threads.execute(() -> guess(number, end, attempts));
            }
            for (Honest one : honest) {
                threads.execute(() -> one.signInUntil(end, millis, refused));
            }
        }
        List<Long> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return new Outcome(sorted, refused.get(), attempts.get());
    }

    private ClientAt client(String address) {
        return new ClientAt(address, server.httpPort(), server.ldapPort());
    }

    private void guess(int number, long end, AtomicInteger attempts) {
        try (ClientAt client = client("127.1." + number % ADDRESSES + ".1")) {
            while (System.nanoTime() < end) {
                try {
                    guess(client);
                    attempts.incrementAndGet();
                } catch (IOException e) {
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
        }
    }

    private void guess(ClientAt client) throws IOException {
        String nobody = "nobody" + UUID.randomUUID();
        switch (at) {
            case BINDS -> client.bind("uid=" + nobody + ",ou=People," + Oathbound.SUFFIX, "guess");
            case PAGE -> page(client, nobody, "guess", "000000");
            case TOKENS -> tokens(client, UUID.randomUUID().toString(), "guess");
        }
    }

    private int page(ClientAt client, String username, String password, String code) throws IOException {
        return client.post(
                "/" + oathbound.environment() + "/as/authorize",
                Oathbound.FORM,
                "client_id=" + program + "&redirect_uri=" + Oathbound.encoded(BACK)
                        + "&response_type=code&code_challenge_method=S256"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&username=" + username
                        + "&password=" + Oathbound.encoded(password) + "&otp=" + code);
    }

    private int tokens(ClientAt client, String id, String secret) throws IOException {
        return client.post(
                "/" + oathbound.environment() + "/as/token",
                Oathbound.FORM,
                "grant_type=client_credentials&client_id=" + id + "&client_secret=" + Oathbound.encoded(secret));
    }

    private String program() {
        ObjectNode wanted = JSON.createObjectNode().put("name", "Program").put("tokenEndpointAuthMethod", "NONE");
        wanted.putArray("redirectUris").add(BACK);
        return created(oathbound.post("/applications", Oathbound.JSON, wanted)).text("/id");
    }

    private static Answer created(Answer answer) {
        if (answer.status() != 201 && answer.status() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer;
    }

    /** Somebody with a right secret, at an address of their own. */
    private final class Honest {

        private final String address;
        private final String name = "honest" + UUID.randomUUID();
        private final String fobSecret = UUID.randomUUID().toString().replace("-", "") + "00000000";
        private String id = "";
        private String secret = "";
        private long counter;

        Honest(int number) {
            address = "127.2." + number + ".1";
            switch (at) {
                case BINDS -> createPerson();
                case PAGE -> createStaff();
                case TOKENS -> createApplication();
            }
        }

        private void createPerson() {
            ObjectNode person = JSON.createObjectNode().put("username", name);
            person.putObject("password").put("value", PASSWORD);
            id = created(oathbound.post("/users", Oathbound.JSON, person)).text("/id");
        }

        private void createStaff() {
            createPerson();
            ObjectNode roles = JSON.createObjectNode();
            roles.putArray("roles").add("Help Desk");
            created(oathbound.put("/users/" + id + "/roles", roles));
            String serialNumber = Seeds.serialNumber("STAFF");
            created(oathbound.create(Seeds.hotp(serialNumber, fobSecret, 0)));
            OwnDevices.of(oathbound, id).paired(serialNumber, "ACTIVE");
        }

        private void createApplication() {
            ObjectNode wanted = JSON.createObjectNode().put("name", name);
            wanted.putArray("roles").add("Authenticator");
            id = created(oathbound.post("/applications", Oathbound.JSON, wanted))
                    .text("/id");
            secret = created(oathbound.send(oathbound
                            .authorized(oathbound.path("/applications/" + id + "/secret"))
                            .POST(BodyPublishers.noBody())))
                    .text("/secret");
        }

        boolean signIn() {
            try (ClientAt client = client(address)) {
                return signIn(client);
            } catch (IOException e) {
                return false;
            }
        }

        private boolean signIn(ClientAt client) throws IOException {
            return switch (at) {
                case BINDS ->
                    client.bind("uid=" + name + ",ou=People," + Oathbound.SUFFIX, PASSWORD)
                            .equals(ResultCode.SUCCESS);
                case PAGE -> page(client, name, PASSWORD, OwnDevices.code(fobSecret, 6, counter++)) == 303;
                case TOKENS -> tokens(client, id, secret) == 200;
            };
        }

        void signInUntil(long end, List<Long> millis, AtomicInteger refused) {
            LockSupport.parkNanos(BETWEEN.toNanos() * honest.indexOf(this) / HONEST);
            while (System.nanoTime() < end) {
                long begun = System.nanoTime();
                if (signIn()) {
                    millis.add((System.nanoTime() - begun) / 1_000_000);
                } else {
                    refused.incrementAndGet();
                }
                LockSupport.parkNanos(begun + BETWEEN.toNanos() - System.nanoTime());
            }
        }
    }
}
