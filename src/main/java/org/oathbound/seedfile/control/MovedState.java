package org.oathbound.seedfile.control;

import org.jspecify.annotations.Nullable;
import org.oathbound.seedfile.entity.Owner;

/**
 * What a token has become where it was in use.
 *
 * @param line of the file that says so
 * @param counter the next one of HOTP; null when it is not told
 * @param drift time steps that the token's clock is ahead; null when it is not told
 * @param owner null for stock
 */
record MovedState(
        int line,
        String serialNumber,
        @Nullable Long counter,
        @Nullable Integer drift,
        @Nullable Owner owner) {}
