package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A stop lets requests finish")
@Timeout(30)
class InFlightTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final InFlight inFlight = new InFlight();

    @Test
    void andWaitsForNobodyWhenThereIsNone() {
        assertThat(inFlight.begin()).isTrue();
        inFlight.end();
        assertThat(inFlight.awaitEnd(LONG)).isTrue();
        assertThat(inFlight.begin()).isFalse();
    }

    @Test
    void andLetsNoneBeginWhileItWaits() throws Exception {
        inFlight.begin();
        inFlight.begin();
        CompletableFuture<Boolean> stop = CompletableFuture.supplyAsync(() -> inFlight.awaitEnd(LONG));
        while (inFlight.begin()) {
            inFlight.end();
        }
        inFlight.end();
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(stop).isNotDone();
        inFlight.end();
        assertThat(stop.get()).isTrue();
    }

    @Test
    void butNotForEver() {
        inFlight.begin();
        assertThat(inFlight.awaitEnd(Duration.ofMillis(50))).isFalse();
    }
}
