package org.oathbound.environment;

import java.util.List;

/**
 * An environment's {@code oathSettings}: how codes are judged, at every interface.
 *
 * @param autoResync whether a code far away may be completed by the next one where an interface can ask for it: in a sign-on
 *     flow and at a bind
 * @param bypassMfa whether a person may be allowed to sign in without a code for a while
 * @param enrolByPassword when the password alone lets a person enrol
 * @param serialNumberPunctuation whether a serial number may have {@code -}, {@code .} and {@code :} inside
 * @param bind what a bind takes as its password
 * @param codeAlone whether a bind takes a code without a password
 * @param ticketRequired whether an act of administration over HTTP has to carry the number of a ticket
 */
public record OathSettings(
        Hotp hotp,
        Totp totp,
        boolean autoResync,
        boolean bypassMfa,
        EnrolByPassword enrolByPassword,
        boolean serialNumberPunctuation,
        Bind bind,
        boolean codeAlone,
        boolean ticketRequired) {

    public static final OathSettings DEFAULT = new OathSettings(
            new Hotp(10, 100, 1_000, List.of("HmacSHA1")),
            new Totp(2, 60),
            true,
            false,
            EnrolByPassword.UNTIL_FIRST_CODE,
            false,
            Bind.CODE_ONCE_ENROLLED,
            false,
            false);

    /**
     * Windows of HOTP, in counters from the next expected one on.
     *
     * @param lookAhead where one code is enough (RFC 4226 section 7.2)
     * @param resyncWindow where two consecutive codes are (section 7.4)
     * @param activationWindow the same, when a device is activated
     * @param hashAlgorithms the hashes that HOTP tokens may have, named as tokens name them
     */
    public record Hotp(int lookAhead, int resyncWindow, int activationWindow, List<String> hashAlgorithms) {}

    /**
     * Windows of TOTP, in time steps to either side of now and the token's drift.
     *
     * @param window where one code is enough (RFC 6238 section 5.2)
     * @param resyncWindow where two consecutive codes are (section 6)
     */
    public record Totp(int window, int resyncWindow) {}

    public enum EnrolByPassword {
        UNTIL_FIRST_CODE,
        ALWAYS,
        NEVER
    }

    public enum Bind {
        PASSWORD,
        PASSWORD_AND_CODE,
        CODE_ONCE_ENROLLED
    }
}
