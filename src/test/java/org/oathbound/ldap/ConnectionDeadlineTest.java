package org.oathbound.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How long what may take on a connection")
class ConnectionDeadlineTest {

    private static final ConnectionTimeouts TIMES = new ConnectionTimeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(100),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40));

    private final ConnectionDeadline deadline = new ConnectionDeadline(TIMES, at(0));

    private static long at(int seconds) {
        return Long.MAX_VALUE - 5_000_000_000L + Duration.ofSeconds(seconds).toNanos(); // it wraps around in between
    }

    private void assertEnds(int after) {
        assertThat(deadline.isOver(at(after))).as("after %d seconds", after).isFalse();
        assertThat(deadline.isOver(at(after) + 1)).as("just after that").isTrue();
    }

    @Test
    void whoHasNotBoundSendsSomethingSoon() {
        assertEnds(10);
    }

    @Test
    void whoHasBoundMayBeIdle() {
        deadline.bound(true);
        assertEnds(100);
    }

    @Test
    void whoIsNobodyAgainMayNot() {
        deadline.bound(true);
        deadline.bound(false);
        assertEnds(10);
    }

    @Test
    void aRequestEndsHoweverItTrickles() {
        deadline.bound(true);
        for (int second = 5; second < 25; second++) {
            deadline.wantsMore(at(second));
            deadline.received(at(second));
        }
        assertEnds(25);
    }

    @Test
    void anAnswerLeaves() {
        deadline.received(at(1));
        deadline.asked(at(2));
        assertEnds(42);
    }

    @Test
    void thenTheClientHasItsTimeAgain() {
        deadline.received(at(1));
        deadline.asked(at(2));
        deadline.wantsMore(at(30));
        assertEnds(40);
    }

    @Test
    void onlyWhileItIsAnsweredSomethingWouldBeLost() {
        assertThat(deadline.awaitsClient()).isTrue();
        deadline.received(at(1));
        assertThat(deadline.awaitsClient()).isTrue();
        deadline.asked(at(2));
        assertThat(deadline.awaitsClient()).isFalse();
        deadline.wantsMore(at(3));
        assertThat(deadline.awaitsClient()).isTrue();
    }

    @Test
    void aShortIdleTimeoutHoldsForThoseWhoHaveNotBoundToo() {
        assertThat(ConnectionTimeouts.of(Duration.ofSeconds(3), Duration.ofSeconds(30))
                        .unbound())
                .hasSeconds(3);
        assertThat(ConnectionTimeouts.of(Duration.ofMinutes(10), Duration.ofSeconds(30))
                        .unbound())
                .hasSeconds(30);
    }
}
