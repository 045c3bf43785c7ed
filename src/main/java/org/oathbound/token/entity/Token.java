package org.oathbound.token.entity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.HashAlgorithm;

/** A token that lives: immutable, as it stood in the directory when it was read. */
public sealed interface Token {

    Particulars particulars();

    /**
     * A counter-based token, RFC 4226.
     *
     * @param nextCounter RFC 4226's C: the lowest counter whose code is still good
     */
    record HotpToken(Particulars particulars, long nextCounter) implements Token {}

    /**
     * A time-based token, RFC 6238.
     *
     * @param timeStep seconds
     * @param drift the token's time less the server's, in time steps
     */
    record TotpToken(Particulars particulars, int timeStep, int drift) implements Token {}

    /**
     * What every kind of token has.
     *
     * @param digits 6 or 8
     * @param batch the job that created it
     */
    record Particulars(
            TokenId id,
            SerialNumber serialNumber,
            HashAlgorithm algorithm,
            int digits,
            NewToken.Label label,
            @Nullable UUID batch,
            List<Pairing> pairings,
            @Nullable Instant lastUsedAt,
            Instant createdAt,
            Instant updatedAt) {}
}
