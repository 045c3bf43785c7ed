package org.oathbound.token.entity;

import org.oathbound.otp.Window;

/** What all temporary tokens have in common. */
public final class TemporaryCodes {

    /** At most so many codes of one token. */
    public static final int MAX = 10;

    /** Digits of each code. */
    public static final int DIGITS = 8;

    /** Where their codes stand: any of them may come next. */
    static final Window WINDOW = new Window(0, MAX - 1);

    private TemporaryCodes() {}
}
