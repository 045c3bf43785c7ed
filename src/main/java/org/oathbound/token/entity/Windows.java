package org.oathbound.token.entity;

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

    /** How many codes it takes. */
    public enum Codes {
        /** One, near. Who sent it can't send another that belongs to it. */
        ONE,
        /** One near, or two in a row far away. */
        ONE_OR_TWO,
        /** Two in a row, wherever they are. */
        TWO
    }
}
