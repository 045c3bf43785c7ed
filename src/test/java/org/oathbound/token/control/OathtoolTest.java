package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Oathtool;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;
import org.oathbound.token.entity.Verdict.NeedsNext;
import org.oathbound.token.entity.Verdict.Rejected;

@DisplayName("Codes are those of OATH Toolkit, which we did not write")
@Tag("slow")
class OathtoolTest {

    private static final int SECRETS = 8;
    private static final int CODES = 25;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    Path data;

    @BeforeAll
    static void isInstalled() {
        Oathtool.mustBeThere();
    }

    static Stream<Arguments> hashesAndLengths() {
        return Stream.of(HashAlgorithm.values())
                .flatMap(algorithm -> Stream.of(6, 8).map(digits -> Arguments.of(algorithm, digits)));
    }

    static Stream<Arguments> hashesLengthsAndTimeSteps() {
        return Stream.of(HashAlgorithm.values()).flatMap(algorithm -> Stream.of(6, 8)
                .flatMap(digits -> Stream.of(30, 60).map(timeStep -> Arguments.of(algorithm, digits, timeStep))));
    }

    private SharedSecret secret() {
        byte[] bytes = new byte[16 + random.nextInt(85)];
        random.nextBytes(bytes);
        return SharedSecret.ofBytes(bytes);
    }

    private static List<String> ours(SharedSecret secret, HashAlgorithm algorithm, int digits, long first) {
        Hotp hotp = new Hotp(secret, algorithm, digits);
        return LongStream.range(first, first + CODES)
                .mapToObj(factor -> hotp.generate(factor).text())
                .toList();
    }

    private static Passcode typed(String text) {
        return Passcode.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("hashesAndLengths")
    void ofHotp(HashAlgorithm algorithm, int digits) {
        for (int i = 0; i < SECRETS; i++) {
            SharedSecret secret = secret();
            // SHA-1 is asked by counter, to the end; the others by time, which has an end of its own.
            long counter = random.nextLong() >>> (algorithm == HashAlgorithm.SHA_1 ? 1 + random.nextInt(62) : 32);
            counter = Math.min(counter, Long.MAX_VALUE - CODES - 1);
            assertThat(ours(secret, algorithm, digits, counter))
                    .as("seed %d, counter %d", seed, counter)
                    .isEqualTo(Oathtool.hotp(secret, algorithm, digits, counter, CODES));
        }
    }

    @ParameterizedTest
    @MethodSource("hashesLengthsAndTimeSteps")
    void ofTotp(HashAlgorithm algorithm, int digits, int timeStep) {
        for (int i = 0; i < SECRETS; i++) {
            SharedSecret secret = secret();
            Instant now = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
            assertThat(ours(secret, algorithm, digits, now.getEpochSecond() / timeStep))
                    .as("seed %d, at %s", seed, now)
                    .isEqualTo(Oathtool.totp(secret, algorithm, digits, timeStep, now, CODES));
        }
    }

    @ParameterizedTest
    @MethodSource("hashesAndLengths")
    void areAcceptedOfHotp(HashAlgorithm algorithm, int digits) {
        SharedSecret secret = secret();
        List<String> codes = Oathtool.hotp(secret, algorithm, digits, 1_000_000, 60);
        try (Verification verification = new Verification(data)) {
            TokenId id = verification.fob("1", secret, algorithm, digits, new Counter(1_000_000));

            assertThat(verification.verify(id, typed(codes.get(0)))).isInstanceOf(Accepted.class);
            assertThat(verification.verify(id, typed(codes.get(11)))).isInstanceOf(Accepted.class);
            assertThat(verification.verify(id, typed(codes.get(11)))).isInstanceOf(Rejected.class);
            assertThat(verification.verify(id, typed(codes.get(50)))).isInstanceOf(NeedsNext.class);
            assertThat(verification.verify(id, typed(codes.get(51)))).isInstanceOf(Accepted.class);
            assertThat(verification.nextCounter(id)).isEqualTo(1_000_052);
        }
    }

    @ParameterizedTest
    @MethodSource("hashesLengthsAndTimeSteps")
    void areAcceptedOfTotp(HashAlgorithm algorithm, int digits, int timeStep) {
        SharedSecret secret = secret();
        Duration step = Duration.ofSeconds(timeStep);
        try (Verification verification = new Verification(data)) {
            TokenId id = verification.fob("1", secret, algorithm, digits, new TimeStep(timeStep));
            Instant from = verification.clock.instant().minus(step.multipliedBy(2));
            List<String> codes = Oathtool.totp(secret, algorithm, digits, timeStep, from, 45);

            assertThat(verification.verify(id, typed(codes.get(0)), Purpose.SIGN_ON_AT_ONCE))
                    .isInstanceOf(Accepted.class);
            assertThat(verification.verify(id, typed(codes.get(3)), Purpose.SIGN_ON_AT_ONCE))
                    .isInstanceOf(Accepted.class);
            verification.clock.move(step);
            assertThat(verification.verify(id, typed(codes.get(3)), Purpose.SIGN_ON_AT_ONCE))
                    .isInstanceOf(Rejected.class);
            assertThat(verification.verify(id, typed(codes.get(40)))).isInstanceOf(NeedsNext.class);
            verification.clock.move(step);
            assertThat(verification.verify(id, typed(codes.get(41)))).isInstanceOf(Accepted.class);
        }
    }
}
