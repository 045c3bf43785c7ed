package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.it.FailingDisk.Failure;

/** One server on a disk that fails, kills and loses power; each test leaves it running and well. */
@DisplayName("A disk that fails")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before each test
@Tag("alone")
class FailingDiskIT {

    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final int JOB_ROWS = 1_200; // three chunks

    @TempDir
    private static Path folder;

    private FailingDisk disk;
    private ServerProcess server;
    private Oathbound oathbound;

    @BeforeEach
    void mustRun() {
        if (disk == null) {
            disk = FailingDisk.in(folder);
        }
        disk.works();
        if (server == null || server.ready() != 200) {
            stop();
            start();
        }
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start() {
        server = ServerProcess.start(disk.data(), disk.environment());
        oathbound = server.oathbound();
    }

    @ParameterizedTest
    @EnumSource(names = {"FSYNC", "FULL", "READ_ONLY"})
    void takesNoWritesShowsWhatIsOnDiskAndRecoversByItself(Failure failure) {
        String prefix = failure.name().replace("_", "") + "R";
        Crowd crowd = new Crowd(oathbound, prefix);
        try (crowd) {
            crowd.awaitAnswers(30);
            String job = slowJob(prefix);
            disk.fails(failure);
            awaitReady(503);
            assertTakesNoWrites(prefix);
            assertThat(oathbound.get("/oathJobs/" + job).text("/status")).isEqualTo("PENDING");
            crowd.awaitRefusals(30);
            assertThat(server.ready()).isEqualTo(503);

            disk.works();
            awaitReady(200);
            crowd.awaitAnswers(30);
            assertDone(oathbound.done(job));
        }
        crowd.told().assertTakenBack(Crowd.list(oathbound, prefix));
        crowd.told().assertExactly(Crowd.list(oathbound, prefix));
        assertThat(Crowd.list(oathbound, "JOB" + prefix)).hasSize(JOB_ROWS);
    }

    @Test
    void aFailedFsyncIsNotBelievedWhenItSucceedsTheNextTime() {
        Crowd crowd = new Crowd(oathbound, "ONCE");
        try (crowd) {
            crowd.awaitAnswers(30);
            disk.fails(Failure.ONE_FSYNC);
            await("the fsync", disk::worksAgain);
            awaitReady(200);
            crowd.awaitAnswers(10);
            crowd.mayBeLeftAlone();
            server.kill();
        }
        disk.losesPower();
        start();
        crowd.told().assertKept(Crowd.list(oathbound, "ONCE"));
        crowd.told().assertTakenBack(Crowd.list(oathbound, "ONCE"));
    }

    @Test
    void aStartOnAFullDiskShowsWhatWasAnsweredAndTakesWritesWhenThereIsRoom() {
        Crowd crowd = new Crowd(oathbound, "KILL");
        try (crowd) {
            crowd.awaitAnswers(30);
            disk.fails(Failure.FULL);
            crowd.awaitRefusals(30);
            crowd.mayBeLeftAlone();
            server.kill();
        }
        server = ServerProcess.launch(disk.data(), disk.environment());
        server.awaitStarted();
        assertThat(server.ready()).as("ready on a full disk").isEqualTo(503);
        oathbound = server.oathbound();
        crowd.told().assertKept(Crowd.list(oathbound, "KILL"));
        String serialNumber = Seeds.serialNumber("ROOM");
        Crowd.assertRefused(oathbound.create(Seeds.hotp(serialNumber)));
        disk.works();
        awaitReady(200);
        assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
    }

    @Test
    void whatAStartShowsOfAFileWhoseFsyncFailedIsOnDisk() {
        Crowd crowd = new Crowd(oathbound, "AGAIN");
        try (crowd) {
            crowd.awaitAnswers(10);
            disk.fails(Failure.FSYNC);
            crowd.awaitRefusals(1);
            crowd.mayBeLeftAlone();
            server.kill();
        }
        disk.works();
        start();
        List<String> shown = Crowd.list(oathbound, "AGAIN");
        crowd.told().assertKept(shown);
        server.kill();
        disk.losesPower();
        start();
        assertThat(Crowd.list(oathbound, "AGAIN")).containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void nobodyIsToldOfWhatWasTakenBackByARefusal() throws InterruptedException {
        String there = Seeds.serialNumber("TOLD");
        String id = oathbound.create(Seeds.hotp(there)).text("/id");
        disk.fails(Failure.FSYNC);
        String serialNumber = Seeds.serialNumber("TOLD");
        List<Integer> statuses =
                atOnce(() -> oathbound.create(Seeds.hotp(serialNumber)).status());
        List<Integer> deletions =
                atOnce(() -> oathbound.delete("/oathTokens/" + id).status());
        List<ResultCode> codes = atOnce(() -> addPerson("told"));
        disk.works();
        awaitReady(200);
        assertThat(statuses).containsOnly(503);
        assertThat(deletions).containsOnly(503);
        assertThat(codes).containsOnly(ResultCode.UNAVAILABLE);
        assertThat(oathbound.has(there)).isTrue();
        assertThat(oathbound.has(serialNumber)).isFalse();
        assertThat(oathbound.create(Seeds.hotp(serialNumber)).status()).isEqualTo(201);
    }

    private static <T> List<T> atOnce(Callable<T> call) throws InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            return clients.invokeAll(Collections.nCopies(8, call)).stream()
                    .map(FailingDiskIT::result)
                    .toList();
        } finally {
            clients.shutdown();
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A job that is accepted, and can't be done before the disk fails. */
    private String slowJob(String prefix) {
        disk.isSlow(Duration.ofMillis(300));
        Answer accepted = oathbound.post(
                "/oathJobs",
                Oathbound.CREATE,
                Seeds.createJob(Seeds.serialNumbers("JOB" + prefix, JOB_ROWS).stream()
                        .map(Seeds::hotp)
                        .toList()));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return accepted.text("/id");
    }

    private static void assertDone(JsonNode job) {
        assertThat(job.get("result").toString()).isEqualTo("{\"created\":" + JOB_ROWS + "}");
        assertThat(job.at("/progress/processed").asInt()).isEqualTo(JOB_ROWS);
    }

    private void assertTakesNoWrites(String prefix) {
        Crowd.assertRefused(oathbound.create(Seeds.hotp(Seeds.serialNumber("NO" + prefix))));
        Crowd.assertRefused(oathbound.post(
                "/oathJobs",
                Oathbound.CREATE,
                Seeds.createJob(List.of(Seeds.hotp(Seeds.serialNumber("NO" + prefix))))));
        assertThat(addPerson("no-" + prefix)).isEqualTo(ResultCode.UNAVAILABLE);
        assertThat(Crowd.list(oathbound, "NO" + prefix)).isEmpty();
        assertThat(oathbound.page("/health/live").status()).isEqualTo(200);
    }

    private ResultCode addPerson(String uid) {
        Entry person = new Entry("uid=" + uid + ",ou=People," + Oathbound.SUFFIX);
        person.addAttribute("objectClass", "inetOrgPerson");
        person.addAttribute("uid", uid);
        person.addAttribute("cn", uid);
        person.addAttribute("sn", uid);
        try (LDAPConnection ldap = oathbound.ldap()) {
            return ldap.add(person).getResultCode();
        } catch (LDAPException e) {
            return e.getResultCode();
        }
    }

    private void awaitReady(int status) {
        await("ready to be " + status, () -> server.ready() == status);
    }

    private static void await(String what, BooleanSupplier isThere) {
        Instant deadline = Instant.now().plus(RECOVERY);
        while (!isThere.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for %s", what).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
