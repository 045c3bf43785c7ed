package org.oathbound.directoryapi.boundary;

import java.io.ByteArrayOutputStream;

/** Base32 (RFC 4648 section 6) once more, without padding, so that what is decoded is not what has encoded it. */
final class TestBase32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private TestBase32() {}

    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            value = value << 5 | ALPHABET.indexOf(text.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(value >> bits);
                value &= (1 << bits) - 1;
            }
        }
        return bytes.toByteArray();
    }
}
