package org.oathbound.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.Problem;

@DisplayName("Slow hashes are shared: networks take turns, and who was right lately has three of four")
class HashQueueTest {

    private final HashQueue queue = new HashQueue(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());
    private int waiting;

    /** Somebody hashes until the test lets it end, so that others wait. */
    private void occupy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        threads.execute(() -> queue.compute(ClientNetwork.UNKNOWN, false, () -> {
            begun.countDown();
            return awaited();
        }));
        begun.await();
    }

    private boolean awaited() {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<Boolean> ask(String name, String address, boolean isKnown) throws InterruptedException {
        ClientNetwork from = ClientNetwork.of(address).orElseThrow();
        Future<Boolean> asked = threads.submit(() -> queue.compute(from, isKnown, () -> served.add(name)));
        waiting++;
        while (queue.waiting() < waiting) {
            Thread.sleep(1);
        }
        return asked;
    }

    private List<Future<Boolean>> crowd(int size) throws InterruptedException {
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(ask("crowd", "192.0.2." + i % 250, false));
        }
        return all;
    }

    @AfterEach
    void stop() {
        end.countDown();
        threads.close();
    }

    @Test
    void aCrowdDoesNotKeepOutWhoComesAlone() throws Exception {
        occupy();
        List<Future<Boolean>> others = crowd(20);
        Future<Boolean> alone = ask("alone", "198.51.100.1", false);
        end.countDown();
        assertThat(alone.get()).isTrue();
        assertThat(served.indexOf("alone")).isEqualTo(1);
        for (Future<Boolean> other : others) {
            assertThat(other.get()).isTrue();
        }
    }

    @Test
    void whoWasRightLatelyGoesFirstThreeTimesOfFour() throws Exception {
        occupy();
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(ask("other", "192.0.2." + i, false));
        }
        for (int i = 0; i < 8; i++) {
            all.add(ask("known", "198.51.100." + i, true));
        }
        end.countDown();
        for (Future<Boolean> one : all) {
            one.get();
        }
        assertThat(served)
                .containsExactly(
                        "known", "known", "known", "other", "known", "known", "known", "other", "known", "known",
                        "other", "other");
    }

    @Test
    void nobodyWaitsForLongerThanTwoSeconds() throws Exception {
        occupy();
        long before = System.nanoTime();
        Future<Boolean> asked = ask("late", "192.0.2.1", false);
        assertThatThrownBy(asked::get).cause().isInstanceOf(Problem.Unavailable.class);
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(HashQueue.PATIENCE.dividedBy(2).toNanos());
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void whenTooManyWaitTheLargestSiteGivesWay() throws Exception {
        occupy();
        List<Future<Boolean>> others = crowd(HashQueue.MAX_WAITING);
        ClientNetwork crowd = ClientNetwork.of("192.0.2.251").orElseThrow();
        assertThatThrownBy(() -> queue.compute(crowd, false, () -> served.add("crowd")))
                .isInstanceOf(Problem.Unavailable.class);
        waiting--; // one of the crowd gives way
        Future<Boolean> alone = ask("alone", "198.51.100.1", false);
        end.countDown();
        assertThat(alone.get()).isTrue();
        assertThat(served.indexOf("alone")).isEqualTo(1);
        assertThatThrownBy(others.getLast()::get).cause().isInstanceOf(Problem.Unavailable.class);
    }

    @Test
    void whatFailsGivesItsPlaceBack() throws ExecutionException, InterruptedException {
        assertThatThrownBy(() -> queue.compute(ClientNetwork.UNKNOWN, true, () -> {
                    throw new IllegalStateException("This fails.");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(threads.submit(() -> queue.compute(ClientNetwork.UNKNOWN, true, () -> "done"))
                        .get())
                .isEqualTo("done");
    }
}
