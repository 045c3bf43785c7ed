package org.oathbound.token.entity;

import org.oathbound.environment.OathSettings;
import org.oathbound.environment.Settings;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.Use;

/**
 * Where a code is looked for, and how many it takes.
 *
 * @param near HOTP: counters after the next expected one; TOTP: time steps to either side of the token's time. Here one
 *     code suffices, where one can.
 * @param far the same; here it takes two in a row. At least {@code near}
 */
public record Windows(int near, int far, Codes codes) {

    /** @throws IllegalArgumentException when the far window is the smaller */
    public Windows {
        if (far < near) {
            throw new IllegalArgumentException("The far window is " + far + ", less than the near one, " + near + ".");
        }
    }

    /** Those that hold for a token in its environment. */
    public static Windows of(Token token, Settings settings, Purpose purpose) {
        OathSettings oath = settings.oath();
        Codes codes =
                switch (purpose) {
                    case SIGN_ON -> oath.autoResync() ? Codes.ONE_OR_TWO : Codes.ONE;
                    case SIGN_ON_AT_ONCE, ACTIVATION -> Codes.ONE;
                    case ACTIVATION_WITH_RESYNC -> Codes.ONE_OR_TWO;
                    case RESYNCHRONISATION -> Codes.TWO;
                };
        if (token instanceof HotpToken) {
            boolean activates = purpose == Purpose.ACTIVATION_WITH_RESYNC || purpose == Purpose.ACTIVATION;
            int far = activates ? oath.hotp().activationWindow() : oath.hotp().resyncWindow();
            return new Windows(oath.hotp().lookAhead(), far, codes);
        }
        boolean app = token.metadata().use() == Use.APP;
        int near = app ? settings.appWindow() : oath.totp().window();
        return new Windows(near, Math.max(near, oath.totp().resyncWindow()), codes);
    }

    /** How many codes it takes. */
    public enum Codes {
        /** One, near. The client can't send a second code that belongs to it. */
        ONE,
        /** One near, or two in a row far away. */
        ONE_OR_TWO,
        /** Two in a row, wherever they are. */
        TWO
    }
}
