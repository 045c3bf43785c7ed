package org.oathbound.device.boundary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The URI by which an authenticator app takes in a TOTP secret, {@code otpauth://totp/…}. */
final class KeyUri {

    private KeyUri() {}

    /**
     * The URI of a token with SHA-1, 6 digits and 30 seconds.
     *
     * @param account whose token it is
     * @param secret in Base32
     */
    static String of(String issuer, String account, String secret) {
        return "otpauth://totp/" + encode(issuer) + ":" + encode(account) + "?secret=" + secret + "&issuer="
                + encode(issuer) + "&algorithm=SHA1&digits=6&period=30";
    }

    /** As RFC 3986 has it: apps show a plus sign where a form would read a space. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
