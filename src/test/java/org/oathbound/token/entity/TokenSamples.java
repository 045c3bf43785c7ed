package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.oathbound.environment.Lockout;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Token.Use;

/** Tokens, codes and moments for tests of the judge. */
final class TokenSamples {

    /** The secret of RFC 4226, appendix D. */
    static final SharedSecret SECRET = SharedSecret.ofHex("3132333435363738393031323334353637383930");

    static final Instant NOW = Instant.parse("2026-11-22T12:00:10Z");
    static final long STEP = NOW.getEpochSecond() / 30;
    static final Lockout LOCKOUT = new Lockout(3, Duration.ofMinutes(2));

    private TokenSamples() {}

    static HotpToken hotp(long nextCounter) {
        return new HotpToken(metadata(Use.FOB, 6), FailureState.FRESH, nextCounter);
    }

    static TotpToken totp(long lastStep, int drift) {
        return new TotpToken(metadata(Use.FOB, 6), FailureState.FRESH, 30, lastStep, drift, 0);
    }

    static TotpToken app() {
        return new TotpToken(metadata(Use.APP, 6), FailureState.FRESH, 30, -1, 0, 0);
    }

    static TemporaryToken temporary(long... unused) {
        return new TemporaryToken(
                metadata(Use.TEMPORARY, 8),
                FailureState.FRESH,
                new TreeSet<>(LongStream.of(unused).boxed().toList()),
                NOW.plusSeconds(3600));
    }

    static Token restored(Token token, Instant at) {
        FailureState old = token.failureState();
        return token.with(new FailureState(
                old.failures(), old.lockedUntil(), old.waiting(), at, old.lastUsedAt(), old.accepted(), old.lines()));
    }

    /** An HOTP token that is said to be lost. */
    static HotpToken lost(long nextCounter) {
        Metadata whole = metadata(Use.FOB, 6);
        Metadata lost = new Metadata(
                whole.id(),
                whole.serialNumber(),
                whole.use(),
                whole.algorithm(),
                whole.digits(),
                whole.label(),
                whole.validity(),
                NOW,
                whole.batch(),
                whole.pairings(),
                whole.createdAt(),
                whole.updatedAt());
        return new HotpToken(lost, FailureState.FRESH, nextCounter);
    }

    /** The code at a counter or time step. */
    static Passcode code(long factor) {
        return new Hotp(SECRET, HashAlgorithm.SHA_1, 6).generate(factor);
    }

    static Passcode longCode(long factor) {
        return new Hotp(SECRET, HashAlgorithm.SHA_1, 8).generate(factor);
    }

    /** A code that stands at none of the first few thousand counters, and at no time step near {@link #STEP}. */
    static Passcode wrong() {
        for (int i = 0; ; i++) {
            Passcode code = Passcode.parse(String.format("%06d", i)).orElseThrow();
            boolean right = LongStream.concat(LongStream.range(0, 5_000), LongStream.range(STEP - 200, STEP + 200))
                    .anyMatch(factor -> code(factor).equals(code));
            if (!right) {
                return code;
            }
        }
    }

    private static Metadata metadata(Use use, int digits) {
        return new Metadata(
                new TokenId(UUID.randomUUID()),
                new SerialNumber("1"),
                use,
                HashAlgorithm.SHA_1,
                digits,
                new NewToken.Label(null, null, null, null),
                Validity.ALWAYS,
                null,
                null,
                List.of(),
                NOW,
                NOW);
    }
}
