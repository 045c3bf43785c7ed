package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.Locked;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Reason;
import org.oathbound.token.entity.Verdict.Rejected;

@DisplayName("What does not let anybody in is told in PingOne's words")
class RefusalsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Token TOKEN = new HotpToken(
            new Metadata(
                    new TokenId(UUID.randomUUID()),
                    new SerialNumber("1"),
                    Use.FOB,
                    HashAlgorithm.SHA_1,
                    6,
                    new NewToken.Label(null, null, null, null),
                    Validity.ALWAYS,
                    null,
                    null,
                    List.of(),
                    NOW,
                    NOW),
            FailureState.FRESH,
            0);

    @Test
    void aRightCodeFarAwayAsksForAnother() {
        Problem problem = Refusals.of(new NeedsNext(TOKEN), "otps", NOW);

        assertThat(problem).isInstanceOf(Problem.InvalidData.class);
        assertThat(problem.details())
                .containsExactly(new Detail(
                        DetailCode.EXTRA_OTP_REQUIRED,
                        "otps",
                        "An extra OTP is required: the code may be far away, so read out the next code too."));
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aWrongCodeSaysHowManyAreLeftAndNotWhy(Reason reason) {
        Problem problem = Refusals.of(new Rejected(TOKEN, reason, 2), "otp", NOW);

        assertThat(problem).isInstanceOf(Problem.InvalidData.class);
        assertThat(problem.details())
                .containsExactly(new Detail(
                        DetailCode.INVALID_OTP, "otp", "Wrong OTP was provided", Map.of("attemptsRemaining", 2)));
    }

    @ParameterizedTest
    @CsvSource({"PT2M, 120", "PT119.001S, 120", "PT0.001S, 1", "PT0S, 1"})
    void aLockSaysWhenItEndsInWholeSecondsAndNeverTooEarly(Duration left, long seconds) {
        Problem problem = Refusals.of(new Locked(TOKEN, NOW.plus(left), false), "otp", NOW);

        assertThat(problem).isInstanceOf(Problem.RequestFailed.class);
        assertThat(problem.details()).singleElement().satisfies(detail -> {
            assertThat(detail.code()).isEqualTo(DetailCode.PASSWORD_LOCKED_OUT);
            assertThat(detail.innerError()).isEqualTo(Map.of("retryAfter", seconds));
            assertThat(detail.message()).contains("locked until " + NOW.plus(left));
        });
    }

    @Test
    void aLockThatNoTimeEndsSaysSo() {
        Problem problem = Refusals.of(new Locked(TOKEN, null, false), "otp", NOW);

        assertThat(problem).isInstanceOf(Problem.RequestFailed.class).hasMessageContaining("administrator");
        assertThat(problem.details()).singleElement().satisfies(detail -> {
            assertThat(detail.code()).isEqualTo(DetailCode.PASSWORD_LOCKED_OUT);
            assertThat(detail.innerError()).isEmpty();
        });
    }

    @Test
    void anAcceptedCodeIsNoRefusal() {
        assertThatThrownBy(() -> Refusals.of(new Accepted(TOKEN), "otp", NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
