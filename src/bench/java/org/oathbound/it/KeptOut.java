package org.oathbound.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How others are served while strangers attack a server of its own. Arguments: {@code bodies}, {@code binds}, {@code page} or {@code
 * tokens}; how many connections the strangers have; for how many seconds. {@code -Dit.jar} names another version's jar.
 */
final class KeptOut {

    /** What runs for the first time is compiled then, on the same processors. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private KeptOut() {}

    public static void main(String[] args) throws Exception {
        int strangers = Integer.parseInt(args[1]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[2]));
        Path data = Files.createTempDirectory("oathbound-kept-out").resolve("data");
        try (ServerProcess server = ServerProcess.startForLong(data, Map.of())) {
            if (args[0].equals("bodies")) {
                bodies(server, strangers, time);
            } else {
                Attack attack = new Attack(server, Attack.Interface.valueOf(args[0].toUpperCase(Locale.ROOT)));
                attack.signInOnce();
                System.out.println("without strangers: " + attack.run(0, time));
                attack.run(strangers, WARM_UP);
                System.out.println("with " + strangers + ": " + attack.run(strangers, time));
            }
        }
    }

    private static void bodies(ServerProcess server, int strangers, Duration time) {
        System.out.println("without strangers: " + probe(server, Duration.ofSeconds(5)));
        try (Trickle trickle = new Trickle(server, strangers)) {
            System.out.println("with " + strangers + ": " + probe(server, time) + "; " + trickle.sent() + " bytes sent");
        }
    }

    /** Health, twice a second; a probe that has no answer within five seconds has failed. */
    private static String probe(ServerProcess server, Duration time) {
        int answered = 0;
        int all = 0;
        long longest = 0;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            all++;
            answered += server.ready() == 200 ? 1 : 0;
            longest = Math.max(longest, (System.nanoTime() - begun) / 1_000_000);
            LockSupport.parkNanos(begun + 500_000_000 - System.nanoTime());
        }
        return answered + " of " + all + " probes of health were answered by 200, the longest took " + longest + " ms";
    }
}
