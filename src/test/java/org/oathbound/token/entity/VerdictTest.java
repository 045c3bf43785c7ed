package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.token.entity.TokenSamples.NOW;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.token.entity.Verdict.Locked;

@DisplayName("A lock outlasts what ends before it")
class VerdictTest {

    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void byAMillisecondToo() {
        assertThat(new Locked(TokenSamples.hotp(0), NOW.plus(DAY).plusMillis(1), false).outlasts(DAY, NOW))
                .isTrue();
        assertThat(new Locked(TokenSamples.hotp(0), NOW.plus(DAY), false).outlasts(DAY, NOW))
                .isFalse();
    }

    @Test
    void unlessNoTimeEndsItAtAll() {
        assertThat(new Locked(TokenSamples.hotp(0), null, false).outlasts(DAY, NOW))
                .isFalse();
    }
}
