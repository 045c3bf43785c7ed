package org.oathbound.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.oathbound.it.SignInConnections.Interface;

/**
 * People who are refused for one reason each. All of them have a password, a role and one fob of 6 digits, and have signed in
 * once from where they are refused later. There are so many that none is locked by what is refused.
 */
final class RefusedPeople {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String WRONG_PASSWORD = "correct horse battery stable";
    private static final int WRONG_CODES = 3;
    private static final int WRONG_PASSWORDS = 10;

    /** A code that is none of so many next ones is right at no interface, and is not asked to be followed by another. */
    private static final int COUNTERS = 1_200;

    private static final int DAY_IN_SECONDS = 86_400;

    private final Oathbound oathbound;
    private final SignInConnections connections;
    private final Map<Case, List<Person>> people = new EnumMap<>(Case.class);
    private final Map<Case, Integer> attempts = new EnumMap<>(Case.class);

    private RefusedPeople(Oathbound oathbound, SignInConnections connections) {
        this.oathbound = oathbound;
        this.connections = connections;
    }

    /** What is typed. */
    record Attempt(String username, String password, String code) {}

    /** Why somebody is refused. */
    enum Case {
        /** No person has that name. */
        UNKNOWN_NAME,
        /** The code is right. */
        WRONG_PASSWORD,
        /** The password is right. */
        WRONG_CODE,
        /** The password is right, and the code was accepted before. */
        USED,
        /** Both are right, and wrong codes have locked the device. */
        LOCKED_DEVICE,
        /** Both are right, and wrong passwords have locked the person. */
        LOCKED_PASSWORD;

        /** How many people so many attempts need. Where nothing is counted they are used again and again. */
        private int people(int attempts) {
            return switch (this) {
                case UNKNOWN_NAME -> 0;
                case WRONG_PASSWORD -> Math.ceilDiv(attempts, WRONG_PASSWORDS / 2);
                case WRONG_CODE -> Math.ceilDiv(attempts, WRONG_CODES - 1);
                case USED, LOCKED_DEVICE, LOCKED_PASSWORD -> 10;
            };
        }
    }

    /** @param attempts in each case, at all interfaces together */
    static RefusedPeople create(Oathbound oathbound, SignInConnections connections, int attempts) throws IOException {
        RefusedPeople created = new RefusedPeople(oathbound, connections);
        created.lockForADay();
        for (Case reason : Case.values()) {
            List<Person> people = new ArrayList<>();
            for (int i = 0; i < reason.people(attempts); i++) {
                people.add(created.person(reason));
            }
            created.people.put(reason, people);
        }
        return created;
    }

    /** No lock ends while it is measured. */
    private void lockForADay() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("pairing").put("maxAllowedDevices", 5).put("pairingKeyFormat", "ALPHANUMERIC");
        settings.putObject("lockout").put("failureCount", WRONG_CODES).put("durationSeconds", DAY_IN_SECONDS);
        CrashClient.answered(oathbound.put("/mfaSettings", settings), 200);
    }

    private Person person(Case reason) throws IOException {
        Person person = Person.create(oathbound);
        require(person.attempt(PASSWORD, person.code(0)), true);
        if (reason == Case.LOCKED_DEVICE) {
            for (int i = 0; i < WRONG_CODES; i++) {
                require(person.attempt(PASSWORD, person.wrongCode()), false);
            }
        } else if (reason == Case.LOCKED_PASSWORD) {
            for (int i = 0; i < WRONG_PASSWORDS; i++) {
                require(person.attempt(WRONG_PASSWORD, person.code(1)), false);
            }
        }
        return person;
    }

    private void require(Attempt attempt, boolean isLetIn) throws IOException {
        if (connections.letsIn(Interface.AUTHENTICATE, attempt) != isLetIn) {
            throw new IllegalStateException(isLetIn ? "Somebody was refused." : "Somebody was let in.");
        }
    }

    /** An attempt that is refused for that reason; the people take turns. */
    Attempt next(Case reason) {
        if (reason == Case.UNKNOWN_NAME) {
            return new Attempt(newName(), PASSWORD, anyCode());
        }
        List<Person> inTurn = people.getOrDefault(reason, List.of());
        int before = attempts.merge(reason, 1, Integer::sum) - 1;
        Person person = inTurn.get(before % inTurn.size());
        return switch (reason) {
            case WRONG_PASSWORD -> person.attempt(WRONG_PASSWORD, person.code(1));
            case WRONG_CODE -> person.attempt(PASSWORD, person.wrongCode());
            case USED -> person.attempt(PASSWORD, person.code(0));
            default -> person.attempt(PASSWORD, person.code(1));
        };
    }

    /** That is locked what was to be, and nothing else. */
    void requireUnchanged() {
        people.forEach((reason, all) -> all.forEach(person -> {
            boolean isPersonLocked = oathbound
                    .get("/users/" + person.id())
                    .text("/account/status")
                    .equals("LOCKED");
            boolean isDeviceLocked = person.isDeviceLocked(oathbound);
            if (isPersonLocked != (reason == Case.LOCKED_PASSWORD)
                    || isDeviceLocked != (reason == Case.LOCKED_DEVICE)) {
                throw new IllegalStateException("%s: the person is locked: %b, the device: %b"
                        .formatted(reason, isPersonLocked, isDeviceLocked));
            }
        }));
    }

    private static String newName() {
        return "u" + UUID.randomUUID();
    }

    private static String anyCode() {
        return "%06d".formatted(ThreadLocalRandom.current().nextInt(1_000_000));
    }

    /** Somebody with a fob. */
    private record Person(String id, String username, String secret) {

        static Person create(Oathbound oathbound) {
            String username = newName();
            String secret = UUID.randomUUID().toString().replace("-", "") + "00000000";
            ObjectNode person = JsonNodeFactory.instance.objectNode().put("username", username);
            person.putObject("password").put("value", PASSWORD);
            String id = CrashClient.answered(oathbound.post("/users", Oathbound.JSON, person), 201)
                    .text("/id");
            ObjectNode roles = JsonNodeFactory.instance.objectNode();
            roles.putArray("roles").add("Help Desk");
            CrashClient.answered(oathbound.put("/users/" + id + "/roles", roles), 200);
            String serialNumber = Seeds.serialNumber("COST");
            CrashClient.answered(oathbound.create(Seeds.hotp(serialNumber, secret, 0)), 201);
            OwnDevices.of(oathbound, id).paired(serialNumber, "ACTIVE");
            return new Person(id, username, secret);
        }

        Attempt attempt(String password, String code) {
            return new Attempt(username, password, code);
        }

        String code(long counter) {
            return OwnDevices.code(secret, 6, counter);
        }

        String wrongCode() {
            String code = anyCode();
            while (isOneOfTheNext(code)) {
                code = anyCode();
            }
            return code;
        }

        private boolean isOneOfTheNext(String code) {
            return LongStream.range(0, COUNTERS)
                    .anyMatch(counter -> code(counter).equals(code));
        }

        boolean isDeviceLocked(Oathbound oathbound) {
            JsonNode device =
                    OwnDevices.of(oathbound, id).list().json().at("/_embedded/devices/0");
            return device.at("/lock/status").asText().equals("LOCKED");
        }
    }
}
