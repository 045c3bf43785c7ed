package org.oathbound.token.control;

import java.time.Clock;
import org.oathbound.directory.Directory;
import org.oathbound.sealing.Seals;

/** The token component's beans as the container would wire them. */
public final class TokensFixture {

    private TokensFixture() {}

    public static Tokens tokens(Directory directory, Seals seals) {
        return new Tokens(directory, new Lives(seals), Clock.systemUTC());
    }
}
