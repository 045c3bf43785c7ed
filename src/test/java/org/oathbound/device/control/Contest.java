package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.oathbound.Turns;
import org.oathbound.device.control.Arena.Round;
import org.oathbound.device.control.Deed.Result;
import org.oathbound.device.control.Deed.Told;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.directory.Killed;
import org.oathbound.directory.SteppedDirectory.Step;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.TokenId;

/**
 * Two deeds at once, and somebody who reads meanwhile: each on a server of its own, either all at full speed, or one call of
 * the directory after the other, in an order that chance decides.
 */
final class Contest {

    private static final int CALLS = 20;
    private static final int LONGEST_DELAY_NANOS = 400_000;

    private final Arena arena;
    private final Round round;
    private final Random random;
    private final Turns progress;
    private final boolean inTurns;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final CountDownLatch atWork;
    private final Set<UUID> gone = ConcurrentHashMap.newKeySet();

    Contest(Arena arena, Round round, int deeds, Random random) {
        this.arena = arena;
        this.round = round;
        this.random = random;
        this.inTurns = random.nextInt(3) > 0;
        this.progress = new Turns(deeds + 1, new Random(random.nextLong()));
        this.atWork = new CountDownLatch(deeds);
    }

    /** @param killed whether the first comes to its end somewhere on its way */
    List<Told> fight(ExecutorService threads, List<Deed> deeds, boolean killed) throws Exception {
        List<Future<Told>> told = new ArrayList<>();
        for (int i = 0; i < deeds.size(); i++) {
            Deed deed = deeds.get(i);
            Consumer<Step> end = killed && i == 0 ? Killed.afterCalls(random.nextInt(CALLS)) : step -> {};
            Random own = new Random(random.nextLong());
            told.add(threads.submit(member("deed " + i, end, own, server -> work(deed, server, own))));
        }
        Future<Told> reader = threads.submit(member("reader", step -> {}, random, this::read));
        begin.countDown();
        List<Told> all = new ArrayList<>();
        for (Future<Told> one : told) {
            all.add(result(one));
        }
        result(reader);
        return all;
    }

    private interface Part {
        Told play(DevicesFixture server);
    }

    private Callable<Told> member(String name, Consumer<Step> end, Random own, Part part) {
        int delay = own.nextInt(CALLS);
        Consumer<Step> before = inTurns ? end.andThen(step -> progress.step(name)) : end;
        return () -> {
            begin.await();
            try {
                for (int i = 0; inTurns && i < delay; i++) {
                    progress.step(name);
                }
                if (!inTurns) {
                    LockSupport.parkNanos(own.nextInt(LONGEST_DELAY_NANOS));
                }
                return part.play(arena.server(before));
            } finally {
                progress.leave();
            }
        };
    }

    private Told work(Deed deed, DevicesFixture server, Random own) {
        try {
            Told told = deed.does(round, server, own);
            if (deed == Deed.UNPAIR && told.result() == Result.DONE && told.about() != null) {
                gone.add(told.about());
            }
            return told;
        } finally {
            atWork.countDown();
        }
    }

    /** Sees whole devices only, and none that was gone before. */
    private Told read(DevicesFixture server) {
        do {
            Set<UUID> goneBefore = Set.copyOf(gone);
            List<PairedDevice> everybodys = server.devices
                    .page(arena.environment, new DeviceQuery(), null, 100)
                    .items();
            List<PairedDevice> janes = devicesOf(server, round.jane());
            assertThat(janes.stream().map(PairedDevice::device).map(Device::token))
                    .as("Jane's tokens")
                    .doesNotHaveDuplicates();
            assertThat(janes.stream().filter(paired -> !paired.replaced()))
                    .as("Jane's devices")
                    .hasSizeLessThanOrEqualTo(Arena.LIMIT);
            for (PairedDevice paired : janes) {
                assertThat(paired.device().person()).isEqualTo(round.jane());
            }
            for (PairedDevice paired : concat(everybodys, janes)) {
                TokenId token = paired.token().metadata().id();
                assertThat(token).isEqualTo(paired.device().token());
                assertThat(paired.token().metadata().serves(paired.device().id()))
                        .as("served by its token")
                        .isTrue();
                assertThat(goneBefore).doesNotContain(paired.device().id());
            }
        } while (atWork.getCount() > 0);
        return new Told(Result.DONE, null);
    }

    private List<PairedDevice> devicesOf(DevicesFixture server, UUID person) {
        try {
            return server.devices.list(arena.environment, person);
        } catch (Problem.NotFound e) {
            return List.of();
        }
    }

    private static List<PairedDevice> concat(List<PairedDevice> some, List<PairedDevice> others) {
        List<PairedDevice> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static Told result(Future<Told> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
