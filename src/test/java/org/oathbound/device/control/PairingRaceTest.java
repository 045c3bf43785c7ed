package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.device.control.Arena.Round;
import org.oathbound.device.control.Arena.State;
import org.oathbound.device.control.Deed.Told;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

/** A round's chance comes from {@code race.seed}; a failure names it. */
@DisplayName(
        "Of two who change pairings at once, neither leaves a device without its token, nor anything else that dangles")
@Tag("slow")
class PairingRaceTest {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 50);
    private static final long SEED = Long.getLong("race.seed", System.nanoTime());

    @TempDir
    private static Path keys;

    private static Seals seals;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        seals = new Seals(KeySets.in(keys));
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
    }

    static Stream<Arguments> twoDeeds() {
        List<Arguments> all = new ArrayList<>();
        for (Deed one : Deed.values()) {
            Arrays.stream(Deed.values())
                    .filter(other -> other.compareTo(one) >= 0)
                    .forEach(other -> all.add(Arguments.of(one, other)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("twoDeeds")
    void atOnce(Deed one, Deed other) throws Exception {
        Arena arena = new Arena(seals);
        TreeSet<State> begins = new TreeSet<>(one.begins());
        begins.addAll(other.begins());
        for (int i = 0; i < ROUNDS; i++) {
            Random random = new Random(SEED + i);
            State state = List.copyOf(begins).get(random.nextInt(begins.size()));
            boolean killed = random.nextInt(3) == 0;
            String which = "round " + i + ", " + state + (killed ? ", one killed" : "") + ", -Drace.seed=" + SEED;
            try {
                round(arena, random.nextBoolean() ? List.of(one, other) : List.of(other, one), state, killed, random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(which + ": " + e.getMessage(), e);
            }
        }
    }

    private static void round(Arena arena, List<Deed> deeds, State state, boolean killed, Random random)
            throws Exception {
        Round round = arena.begin(state, random);
        List<Told> told = new Contest(arena, round, deeds.size(), random).fight(threads, deeds, killed);
        boolean whole = !killed && state != State.LEFT;
        arena.agreement().keepsRules(Arena.LIMIT);
        if (whole) {
            arena.agreement().isWhole();
        }
        List<UUID> before = arena.devicesOf(round.jane());
        assertThat(before)
                .as("what is read")
                .containsExactlyInAnyOrderElementsOf(arena.agreement().wholeOf(round.jane()));
        int swept = arena.sweep();
        if (whole) {
            assertThat(swept).as("left to the sweep").isZero();
        }
        arena.agreement().isWhole();
        arena.agreement().keepsRules(Arena.LIMIT);
        List<UUID> after = arena.devicesOf(round.jane());
        assertThat(before).as("more than before the sweep").containsAll(after);
        new Reckoning(round, deeds, told, after).isRight(state);
        arena.end(round);
    }
}
