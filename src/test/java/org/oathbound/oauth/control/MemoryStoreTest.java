package org.oathbound.oauth.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

    @Test
    void valuesWithoutEndDoNotFillTheHeap() {
        MemoryStore<Integer> few = new MemoryStore<>(1_000, Duration.ofMinutes(5));
        for (int n = 0; n < 20_000; n++) {
            few.put(Integer.toString(n), n);
        }
        assertThat(few.size()).isLessThanOrEqualTo(1_000);
        assertThat(few.get("19999")).as("the newest").contains(19_999);
    }

    @Test
    void isForgottenInTimeHoweverOftenItIsReplaced() {
        MemoryStore<Integer> store = new MemoryStore<>(10, Duration.ofMillis(300));
        store.put("a", 1);
        for (int n = 1; store.replace("a", n, n + 1); n++) {
            assertThat(n).as("changes in 300 ms, one each 10 ms").isLessThan(300);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(store.get("a")).isEmpty();
    }

    @Test
    void isReplacedOnlyWhereTheExpectedValueIs() {
        MemoryStore<Integer> store = new MemoryStore<>(10, Duration.ofMinutes(1));
        assertThat(store.replace("a", 1, 2)).isFalse();
        store.put("a", 1);
        assertThat(store.replace("a", 2, 3)).isFalse();
        assertThat(store.replace("a", 1, 2)).isTrue();
        assertThat(store.remove("a")).contains(2);
        assertThat(store.remove("a")).isEqualTo(Optional.empty());
    }
}
