package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.TestClock;
import org.oathbound.audit.AuditContext.Scope;

@DisplayName(
        "Of anonymous calls that name nobody the first of a network and minute is a line, the others are one with a count")
@Tag("slow")
class AnonymousCallsTest {

    private static final String HERE = "192.0.2.7";
    private static final String THERE = "192.0.2.8";

    @TempDir
    Path data;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:10Z"));
    private AuditFixture audit;

    @BeforeEach
    void open() {
        audit = new AuditFixture(data, clock);
    }

    @AfterEach
    void close() {
        audit.trail().close();
    }

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            call(address, Action.CALL_REFUSED, Outcome.REFUSED, address + "-" + i);
        }
    }

    private void call(String address, Action action, Outcome outcome, String correlationId) {
        Scope scope = AuditContext.from(address).correlated(correlationId).enter();
        try {
            audit.trail().recordAnonymous(new AuditEvent(action, outcome), address);
        } finally {
            scope.close();
        }
    }

    /** All lines but the first of the file. */
    private List<JsonObject> lines() {
        return audit.lines().stream()
                .skip(1)
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }

    private static String action(JsonObject line) {
        return line.getString("action");
    }

    @Test
    void theFirstIsThereAtOnceAndTheOthersWhenTheMinuteIsOver() throws Exception {
        refuse(HERE, 1_000);
        assertThat(lines()).extracting(AnonymousCallsTest::action).containsExactly("call.refused");
        clock.move(Duration.ofMinutes(1));
        refuse(HERE, 1);
        assertThat(lines())
                .extracting(AnonymousCallsTest::action)
                .containsExactly("call.refused", "anonymous.count", "call.refused");
        JsonObject count = lines().get(1);
        assertThat(count.getInt("count")).isEqualTo(999);
        assertThat(count.getString("outcome")).isEqualTo("refused");
        assertThat(count.getString("actor")).isEqualTo("anonymous");
        assertThat(count.getString("address")).isEqualTo(HERE);
        assertThat(count.getString("correlationId")).isEqualTo(HERE + "-0");
        assertThat(count.getString("time")).isEqualTo("2026-11-22T12:00:10.000Z");
        assertThat(audit.verify().lines()).isEqualTo(4);
    }

    @Test
    void theCountIsWrittenThoughNobodyCallsAgain() throws Exception {
        refuse(HERE, 5);
        clock.move(Duration.ofMinutes(1));
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (lines().size() < 2 && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(lines()).last().extracting(line -> line.getInt("count")).isEqualTo(4);
    }

    @Test
    void theCountIsWrittenWhenTheServiceStops() throws Exception {
        refuse(HERE, 5);
        audit.restart();
        assertThat(lines()).last().extracting(line -> line.getInt("count")).isEqualTo(4);
        assertThat(audit.verify().lines()).isEqualTo(3);
    }

    @Test
    void oneCallAMinuteHasNoCount() {
        for (int minute = 0; minute < 3; minute++) {
            refuse(HERE, 1);
            clock.move(Duration.ofMinutes(1));
        }
        assertThat(lines())
                .extracting(AnonymousCallsTest::action)
                .containsOnly("call.refused")
                .hasSize(3);
    }

    @Test
    void eachNetworkHasItsOwn() {
        refuse(HERE, 3);
        refuse(THERE, 2);
        audit.restart();
        assertThat(lines().stream().filter(line -> line.containsKey("count")))
                .extracting(line -> line.getString("address") + " " + line.getInt("count"))
                .containsExactlyInAnyOrder(HERE + " 2", THERE + " 1");
    }

    @Test
    void whatSucceededIsNoRefusal() {
        refuse(HERE, 3);
        for (int i = 0; i < 3; i++) {
            call(HERE, Action.LDAP_BIND, Outcome.SUCCESS, "ldap-" + i);
        }
        audit.restart();
        assertThat(lines().stream().filter(line -> line.containsKey("count")))
                .extracting(line -> line.getString("outcome") + " " + line.getInt("count"))
                .containsExactlyInAnyOrder("refused 2", "success 2");
    }

    @Test
    void moreNetworksThanAreToldApartShareOne() throws Exception {
        for (int i = 0; i < AnonymousCalls.MAX_NETWORKS + 1_000; i++) {
            refuse("10.0." + i / 256 + "." + i % 256, 1);
        }
        assertThat(lines()).hasSize(AnonymousCalls.MAX_NETWORKS + 1);
        audit.restart();
        JsonObject count = lines().getLast();
        assertThat(count.getInt("count")).isEqualTo(999);
        assertThat(count).doesNotContainKey("address");
        assertThat(audit.verify().damages()).isZero();
    }
}
