package org.oathbound.token.entity;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;

/**
 * A token that is to be created; every value has been checked.
 *
 * @param digits 6 or 8
 * @param movingFactor where it starts
 * @param label what is told about it
 * @param validity when its codes may be good
 */
public record NewToken(
        SerialNumber serialNumber,
        SharedSecret secret,
        HashAlgorithm algorithm,
        int digits,
        MovingFactor movingFactor,
        Label label,
        Validity validity) {

    /** What PingOne shows of a secret in a report: its first two hexadecimal digits, and stars. */
    public String maskedSecret() {
        return HexFormat.of().withUpperCase().toHexDigits(secret.bytes()[0]) + "******";
    }

    /** Whether that token shows the same codes if it has the same secret. */
    public boolean hasParametersOf(Token token) {
        boolean moves =
                switch (token) {
                    case HotpToken hotp -> movingFactor instanceof Counter;
                    case TotpToken totp ->
                        movingFactor instanceof TimeStep timeStep && timeStep.seconds() == totp.timeStep();
                    case TemporaryToken temporary -> false;
                };
        return moves
                && token.metadata().algorithm() == algorithm
                && token.metadata().digits() == digits;
    }

    /** How long the secret is. */
    public int secretBits() {
        return secret.bits();
    }

    /**
     * What is told about a token besides its secret.
     *
     * @param rowNumber its row in the seed file
     * @param expiresAt when the hardware is expected to end
     * @param location where it is kept or used
     * @param note what else there is to say of it
     */
    public record Label(
            @Nullable Integer rowNumber,
            @Nullable String manufacturer,
            @Nullable String model,
            @Nullable Instant expiresAt,
            @Nullable String location,
            @Nullable String note) {

        /** What a factory tells. */
        public Label(
                @Nullable Integer rowNumber,
                @Nullable String manufacturer,
                @Nullable String model,
                @Nullable Instant expiresAt) {
            this(rowNumber, manufacturer, model, expiresAt, null, null);
        }
    }
}
