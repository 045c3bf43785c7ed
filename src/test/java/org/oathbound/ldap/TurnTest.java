package org.oathbound.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How long what may take on a connection")
class TurnTest {

    private static final Times TIMES = new Times(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(100),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40));

    private final Turn turn = new Turn(TIMES, at(0));

    private static long at(int seconds) {
        return Long.MAX_VALUE - 5_000_000_000L + Duration.ofSeconds(seconds).toNanos(); // it wraps around in between
    }

    private void assertEnds(int after) {
        assertThat(turn.isOver(at(after))).as("after %d seconds", after).isFalse();
        assertThat(turn.isOver(at(after) + 1)).as("just after that").isTrue();
    }

    @Test
    void whoHasNotBoundSendsSomethingSoon() {
        assertEnds(10);
    }

    @Test
    void whoHasBoundMayBeIdle() {
        turn.bound(true);
        assertEnds(100);
    }

    @Test
    void whoIsNobodyAgainMayNot() {
        turn.bound(true);
        turn.bound(false);
        assertEnds(10);
    }

    @Test
    void aRequestEndsHoweverItTrickles() {
        turn.bound(true);
        for (int second = 5; second < 25; second++) {
            turn.wantsMore(at(second));
            turn.received(at(second));
        }
        assertEnds(25);
    }

    @Test
    void anAnswerLeaves() {
        turn.received(at(1));
        turn.asked(at(2));
        assertEnds(42);
    }

    @Test
    void thenTheClientHasItsTimeAgain() {
        turn.received(at(1));
        turn.asked(at(2));
        turn.wantsMore(at(30));
        assertEnds(40);
    }

    @Test
    void onlyWhileItIsAnsweredSomethingWouldBeLost() {
        assertThat(turn.awaitsClient()).isTrue();
        turn.received(at(1));
        assertThat(turn.awaitsClient()).isTrue();
        turn.asked(at(2));
        assertThat(turn.awaitsClient()).isFalse();
        turn.wantsMore(at(3));
        assertThat(turn.awaitsClient()).isTrue();
    }

    @Test
    void aShortIdleTimeoutHoldsForThoseWhoHaveNotBoundToo() {
        assertThat(Times.of(Duration.ofSeconds(3), Duration.ofSeconds(30)).unbound())
                .hasSeconds(3);
        assertThat(Times.of(Duration.ofMinutes(10), Duration.ofSeconds(30)).unbound())
                .hasSeconds(30);
    }
}
