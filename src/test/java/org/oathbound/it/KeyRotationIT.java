package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jwt.SignedJWT;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Together;

/** Both keys are exchanged while people sign on, and nobody is told no. */
@Tag("alone")
class KeyRotationIT {

    private static final int PEOPLE = 4;

    /** So that the new key signs while this runs; the default is for the caches of others. */
    private static final Map<String, String> SOON = Map.of("OATHBOUND_KEYS_PUBLISH_BEFORE", "PT3S");

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temporary;

    private Path data = Path.of("");
    private String sealing = "";
    private String signing = "";
    private final Map<String, Integer> nextCodes = new HashMap<>();

    @Test
    void noRequestFailsAndNoValueIsLeftUnderTheOldKey() throws Exception {
        data = temporary.resolve("data");
        List<Person> people;
        try (ServerProcess server = ServerProcess.start(data, SOON)) {
            Oathbound oathbound = server.oathbound();
            String oldSealing = inUse(oathbound, "SEALING");
            String oldSigning = inUse(oathbound, "SIGNING");
            people = people(oathbound);
            for (String serialNumber : Seeds.serialNumbers("KEYS", 300)) {
                assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
            }

            List<Integer> signedOn = rotateUnderLoad(server, people);

            assertThat(signedOn).allMatch(count -> count > 20);
            assertThat(List.of(sealing, signing)).doesNotContain(oldSealing, oldSigning);
            assertThat(SignedJWT.parse(server.oathbound().accessToken())
                            .getHeader()
                            .getKeyID())
                    .isEqualTo(signing);
            assertThat(oathbound.get("/keys").status())
                    .as("an access token of the old key")
                    .isEqualTo(200);
            assertNothingIsUnder(oldSealing, oathbound);
            server.stop();
        }
        assertThat(fileKeys("dir")).containsExactly(sealing);
        startsFromACommand(people);
    }

    private record Person(String user, String device, String serialNumber) {}

    private List<Person> people(Oathbound oathbound) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            String serialNumber = Seeds.serialNumber("ROTATE");
            assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
            OwnDevices own = OwnDevices.ofNewUser(oathbound, Seeds.serialNumber("rotating"));
            people.add(new Person(own.user(), own.paired(serialNumber, "ACTIVE"), serialNumber));
        }
        return people;
    }

    /** How often each person signed on. */
    private List<Integer> rotateUnderLoad(ServerProcess server, List<Person> people) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (Person person : people) {
            calls.add(() -> signOnUntil(done, server, person));
        }
        calls.add(() -> {
            try {
                rotate(withItsToken(server));
            } finally {
                done.countDown();
            }
            return Integer.MAX_VALUE;
        });
        return Together.call(calls);
    }

    private int signOnUntil(CountDownLatch done, ServerProcess server, Person person) throws Exception {
        int count = 0;
        Oathbound oathbound = withItsToken(server);
        while (!done.await(50, TimeUnit.MILLISECONDS)) {
            signOn(oathbound, person, count++);
            if (count % 20 == 0) {
                oathbound = withItsToken(server);
            }
        }
        synchronized (nextCodes) {
            nextCodes.put(person.user(), count);
        }
        return count;
    }

    /** One at a time: secrets of applications are checked slowly, and who comes too thick is told to come again. */
    private synchronized Oathbound withItsToken(ServerProcess server) {
        Oathbound oathbound = server.oathbound();
        assertThat(oathbound.accessToken()).isNotEmpty();
        return oathbound;
    }

    private static void signOn(Oathbound oathbound, Person person, int counter) {
        Answer answer = OwnDevices.of(oathbound, person.user())
                .signOn(person.device(), Seeds.code(person.serialNumber(), counter));
        assertThat(answer.status()).as("code %s: %s", counter, answer.body()).isBetween(200, 201);
        assertThat(answer.text("/status")).as(answer.body()).isEqualTo("COMPLETED");
    }

    private void rotate(Oathbound oathbound) {
        Answer begun = oathbound.post("/keys/sealing/rotations", Oathbound.JSON, JsonNodeFactory.instance.objectNode());
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        assertThat(begun.header("Location")).isEqualTo(begun.text("/_links/self/href"));
        sealing = begun.text("/id");
        Answer published =
                oathbound.post("/keys/signing/rotations", Oathbound.JSON, JsonNodeFactory.instance.objectNode());
        assertThat(published.status()).as(published.body()).isEqualTo(202);
        assertThat(published.text("/status")).isEqualTo("RUNNING");
        signing = published.text("/id");
        Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
        Answer now = begun;
        while (!now.text("/status").equals("DONE")) {
            assertThat(Instant.now()).as(now.body()).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            now = oathbound.get("/keys/sealing/rotations/" + sealing);
        }
        assertThat(now.json().at("/values/underThisKey").asInt()).isEqualTo(300 + PEOPLE + 1);
        assertThat(now.json().at("/values/underOtherKeys").asInt()).isZero();
    }

    private static String inUse(Oathbound oathbound, String purpose) {
        return StreamSupport.stream(
                        oathbound.get("/keys").json().at("/_embedded/keys").spliterator(), false)
                .filter(key -> key.at("/purpose").asText().equals(purpose))
                .filter(key -> key.at("/use").asText().equals("IN_USE"))
                .map(key -> key.at("/id").asText())
                .findFirst()
                .orElseThrow();
    }

    private void assertNothingIsUnder(String old, Oathbound oathbound) throws Exception {
        try (LDAPConnection ldap = oathbound.ldap()) {
            assertThat(ldap.search(Oathbound.SUFFIX, SearchScope.SUB, "(oathboundKeyId=" + old + ")", "1.1")
                            .getEntryCount())
                    .isZero();
            assertThat(ldap.search(Oathbound.SUFFIX, SearchScope.SUB, "(oathboundKeyId=" + sealing + ")", "1.1")
                            .getEntryCount())
                    .isEqualTo(300 + PEOPLE);
        }
        String backup =
                oathbound.get("/backup", "Accept", "application/ldif").body().replaceAll("\r?\n ", "");
        assertThat(backup).contains(sealing).doesNotContain(old);
    }

    private List<String> fileKeys(String algorithm) throws Exception {
        JsonNode keys =
                JSON.readTree(Files.readString(data.resolve("keyset.json"))).at("/keys");
        return StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.at("/alg").asText().equals(algorithm))
                .map(key -> key.at("/kid").asText())
                .toList();
    }

    private void startsFromACommand(List<Person> people) throws Exception {
        Path elsewhere = temporary.resolve("secret-manager.json");
        Files.move(data.resolve("keyset.json"), elsewhere);
        try (ServerProcess server = ServerProcess.start(data, Map.of("OATHBOUND_KEYS_COMMAND", "cat " + elsewhere))) {
            Oathbound oathbound = server.oathbound();
            for (Person person : people) {
                signOn(oathbound, person, nextCodes.getOrDefault(person.user(), 0));
            }
            Answer refused =
                    oathbound.post("/keys/sealing/rotations", Oathbound.JSON, JsonNodeFactory.instance.objectNode());
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("same keys as before");
            server.stop();
        }
        assertThat(data.resolve("keyset.json")).doesNotExist();
    }

    @Test
    void aKeySetThatIsNotWholeStopsTheStartWithOneLineThatSaysWhy() {
        data = temporary.resolve("refused");
        try (ServerProcess server = ServerProcess.launch(data, Map.of("OATHBOUND_KEYS_VALUE", "{\"keys\":[]}"))) {
            server.awaitLog("Oathbound can't start. The key set of oathbound.keys.value needs a key with alg dir");
            assertThat(server.ready()).isNotEqualTo(200);
        }
    }
}
