package org.oathbound.token.entity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Totp;

/** A token that lives: immutable, as it stood in the directory when it was read, without its secret. */
public sealed interface Token {

    Metadata metadata();

    FailureState failureState();

    /** The same token, with that standing. */
    Token with(FailureState failureState);

    /**
     * A counter-based token, RFC 4226.
     *
     * @param nextCounter RFC 4226's C: the lowest counter whose code is still good
     */
    record HotpToken(Metadata metadata, FailureState failureState, long nextCounter) implements Token {

        @Override
        public HotpToken with(FailureState changed) {
            return new HotpToken(metadata, changed, nextCounter);
        }
    }

    /**
     * A time-based token, RFC 6238.
     *
     * @param timeStep seconds
     * @param lastStep the time step of the last code that was accepted; −1 when none was
     * @param drift the token's time less the server's, in time steps
     * @param base the drift that it came with or was set to; what is learned stays near it
     */
    record TotpToken(Metadata metadata, FailureState failureState, int timeStep, long lastStep, int drift, int base)
            implements Token {

        @Override
        public TotpToken with(FailureState changed) {
            return new TotpToken(metadata, changed, timeStep, lastStep, drift, base);
        }

        /** With another base, which its drift begins at. What it showed before it came in counts as used. */
        TotpToken withBase(int other) {
            long cameIn = new Totp(Duration.ofSeconds(timeStep)).stepAt(metadata.createdAt());
            return new TotpToken(metadata, failureState, timeStep, Math.max(lastStep, cameIn - 1), other, other);
        }
    }

    /**
     * A few codes for a person who has lost their token. They are HOTP's codes, each good once, in any order.
     *
     * @param unused the counters whose codes are still good
     * @param validUntil no code is good from then on
     */
    record TemporaryToken(Metadata metadata, FailureState failureState, NavigableSet<Long> unused, Instant validUntil)
            implements Token {

        @Override
        public TemporaryToken with(FailureState changed) {
            return new TemporaryToken(metadata, changed, unused, validUntil);
        }
    }

    /**
     * What every kind of token has.
     *
     * @param digits 6 or 8
     * @param validity when its codes may be good
     * @param lostAt since when it is said to be lost; null when it is not
     * @param batch the job that created it
     */
    record Metadata(
            TokenId id,
            SerialNumber serialNumber,
            Use use,
            HashAlgorithm algorithm,
            int digits,
            NewToken.Label label,
            Validity validity,
            @Nullable Instant lostAt,
            @Nullable UUID batch,
            List<Pairing> pairings,
            Instant createdAt,
            Instant updatedAt) {

        /** The same, as if that were all it is paired with. */
        public Metadata with(Pairing pairing) {
            return new Metadata(
                    id,
                    serialNumber,
                    use,
                    algorithm,
                    digits,
                    label,
                    validity,
                    lostAt,
                    batch,
                    List.of(pairing),
                    createdAt,
                    updatedAt);
        }

        /** Whether its codes are judged at all: it is not lost, and its validity has begun and not ended. */
        boolean isInForce(Instant now) {
            return lostAt == null && validity.includes(now);
        }

        /** Whether the token serves that device. */
        public boolean serves(UUID device) {
            return pairings.stream().anyMatch(pairing -> pairing.device().equals(device));
        }

        /** Everybody who has it, and everybody with whom its pairing is under way. */
        public Set<UUID> holders() {
            return Pairing.persons(pairings);
        }

        /** Whether that person has it. */
        public boolean isPairedWith(UUID person) {
            return pairings.stream().anyMatch(pairing -> pairing.person().equals(person));
        }
    }

    /** What a token is for. */
    enum Use {
        /** It came in a seed file, and goes back to stock when it has no pairing left. */
        FOB,
        /** It was made for one device, an authenticator app, and ends with it. */
        APP,
        /** The same, for temporary codes. */
        TEMPORARY
    }
}
