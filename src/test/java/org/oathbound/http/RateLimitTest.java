package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.problem.Problem;

class RateLimitTest {

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final RateLimit limit = new RateLimit(10, Duration.ofSeconds(5), nanoTime::get);

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private int letThrough(String caller, int requests) {
        int let = 0;
        for (int i = 0; i < requests; i++) {
            try {
                limit.take(caller);
                let++;
            } catch (Problem.Limited e) {
                // Counted by its absence.
            }
        }
        return let;
    }

    @Test
    void letsSoManyThroughAtOnceAndNoMore() {
        assertThat(letThrough("a", 30)).isEqualTo(10);
    }

    @Test
    void letsThemThroughAgainEvenlyAsTimeGoesBy() {
        letThrough("a", 10);
        pass(Duration.ofMillis(499));
        assertThat(letThrough("a", 1)).isZero();
        pass(Duration.ofMillis(1));
        assertThat(letThrough("a", 2)).isEqualTo(1);
        pass(Duration.ofDays(1));
        assertThat(letThrough("a", 30)).isEqualTo(10);
    }

    @Test
    void saysWhenTheNextIsLetThrough() {
        letThrough("a", 10);
        pass(Duration.ofMillis(100));
        Problem.Limited refused = catchThrowableOfType(Problem.Limited.class, () -> limit.take("a"));
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(400));
        pass(refused.retryAfter());
        assertThat(letThrough("a", 1)).isEqualTo(1);
    }

    @Test
    void aRefusedRequestCostsNothing() {
        letThrough("a", 1_000);
        pass(Duration.ofMillis(500));
        assertThat(letThrough("a", 1)).isEqualTo(1);
    }

    @Test
    void callersDoNotFeelEachOther() {
        letThrough("a", 30);
        assertThat(letThrough("b", 30)).isEqualTo(10);
    }

    @Test
    void whatIsGivenBackDoesNotCountAndIsNeverMoreThanTheLimit() {
        letThrough("a", 10);
        limit.giveBack("a");
        assertThat(letThrough("a", 30)).isEqualTo(1);
        IntStream.range(0, 50).forEach(i -> limit.giveBack("a"));
        assertThat(letThrough("a", 50)).isEqualTo(10);
    }

    @Test
    void whoAsksAllTheTimeIsNotForgotten() {
        letThrough("a", 10);
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(400));
            letThrough("a", 5);
        }
        assertThat(letThrough("a", 5)).isZero();
    }

    @Test
    void zeroIsNoLimit() {
        RateLimit none = new RateLimit(0, Duration.ofSeconds(5), nanoTime::get);
        assertThatCode(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        none.take("a");
                    }
                    none.giveBack("a");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void belowZeroIsAMistake() {
        assertThatThrownBy(() -> new RateLimit(-1, Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oathbound.limits");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,             192.0.2.2,          false",
        "192.0.2.1,             192.0.2.1,          true",
        "::ffff:192.0.2.1,      192.0.2.1,          true",
        "2001:db8:1:2:3:4:5:6,  2001:db8:1:2::1,    true",
        "2001:db8:1:2:3:4:5:6,  2001:db8:1:3::1,    false",
        "fe80::1%eth0,          fe80::2%eth1,       true",
        "unknown,               unknown,            true",
    })
    void aNetworkOfIpv6IsOneAddress(String one, String other, boolean same) {
        assertThat(TrustedProxies.networkOf(one).equals(TrustedProxies.networkOf(other)))
                .isEqualTo(same);
    }
}
