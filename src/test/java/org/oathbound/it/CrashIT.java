package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The server is killed again and again, at work and at its start. After each start everything that was answered is there,
 * nothing that was read is gone, and jobs go on to their exact ends. {@code mvn -Pcrash verify} kills it 200 times.
 *
 * <p>When it is killed, and what clients ask for, follows from {@code crash.seed}, which is printed; how their requests
 * meet does not, so the same seed is another run of the same kind.
 */
class CrashIT {

    private static final System.Logger LOG = System.getLogger(CrashIT.class.getName());
    private static final int KILLS = Integer.getInteger("crash.kills", 10);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final Map<String, String> ENVIRONMENT = Map.of("OATHBOUND_SNAPSHOTS_AFTER", "200000");
    private static final int LONGEST_WORK_MILLIS = 6_000;
    private static final int SHORTEST_WORK_MILLIS = 200;

    private final Random random = new Random(SEED);
    private final List<CrashClient> clients = clients();
    private Duration start = Duration.ofSeconds(20);

    /** Another operation is another client here. */
    private List<CrashClient> clients() {
        List<Stock> stocks = List.of(new Stock("TA"), new Stock("TB"), new Stock("JA"), new Stock("JB"));
        List<People> people = List.of(new People("pa"), new People("pb"));
        return List.of(
                new TokenWriter(stocks.get(0), random()),
                new TokenWriter(stocks.get(1), random()),
                new JobClient(stocks.get(2), random()),
                new JobClient(stocks.get(3), random()),
                new TokenReader(stocks, random()),
                new PeopleWriter(people.get(0), random()),
                new PeopleWriter(people.get(1), random()),
                new PeopleReader(people, random()),
                new DeviceClient("da", random()),
                new DeviceClient("db", random()),
                new SignInClient("sa", random()),
                new SharedSecretClient("ssa", random()));
    }

    @Test
    void whatWasAnsweredOrReadIsThereAfterEveryKill() throws Exception {
        LOG.log(Level.INFO, "{0} kills, -Dcrash.seed={1}", KILLS, Long.toString(SEED));
        Path data = Files.createTempDirectory(Path.of("target"), "crash-").resolve("data");
        for (int kill = 1; kill <= KILLS; kill++) {
            if (kill > 1 && random.nextInt(4) == 0) {
                killAtStart(data, kill);
            } else {
                killAtWork(data, kill);
            }
        }
        try (ServerProcess server = ServerProcess.start(data, ENVIRONMENT)) {
            ServerLife life = ServerLife.begin(verified(server), clients);
            Thread.sleep(SHORTEST_WORK_MILLIS);
            life.end(() -> {}); // the clients; their jobs are still at work when the server stops
            server.stop();
        }
        try (ServerProcess server = ServerProcess.start(data, ENVIRONMENT)) {
            verified(server);
        }
    }

    /** Mostly when the journal is being read, and the jobs begin to go on. */
    private void killAtStart(Path data, int kill) throws InterruptedException {
        try (ServerProcess server = ServerProcess.launch(data, ENVIRONMENT)) {
            long wait = (long) (1.2 * start.toMillis() * Math.sqrt(random.nextDouble()));
            Thread.sleep(wait);
            server.kill();
            LOG.log(Level.INFO, "Kill {0}: {1} ms after the launch", kill, wait);
        }
    }

    private void killAtWork(Path data, int kill) throws Exception {
        Instant launched = Instant.now();
        try (ServerProcess server = ServerProcess.start(data, ENVIRONMENT)) {
            start = Duration.between(launched, Instant.now());
            Interfaces interfaces = verified(server);
            int wait = SHORTEST_WORK_MILLIS + random.nextInt(LONGEST_WORK_MILLIS - SHORTEST_WORK_MILLIS);
            ServerLife life = ServerLife.begin(interfaces, clients);
            Thread.sleep(wait);
            life.end(server::kill);
            LOG.log(Level.INFO, "Kill {0}: after {1} ms of work, {2} operations", kill, wait, life.operations());
        }
    }

    /** The interfaces of a server that has everything. */
    private Interfaces verified(ServerProcess server) throws Exception {
        Instant ready = Instant.now();
        Interfaces interfaces = Interfaces.open(server);
        for (CrashClient client : clients) {
            client.verify(interfaces);
        }
        assertThat(server.log()).doesNotContain("damaged", "SEVERE");
        LOG.log(Level.INFO, "Ready after {0}, verified after {1} more", start, Duration.between(ready, Instant.now()));
        return interfaces;
    }

    private Random random() {
        return new Random(random.nextLong());
    }
}
