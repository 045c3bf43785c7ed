package org.oathbound.otp;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** RFC 4226, section 5.3, once more and another way: in hexadecimal text and big numbers, straight from the JDK's HMAC. */
final class Reference {

    private Reference() {}

    static String hmac(String macName, byte[] secret, long factor) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(macName);
        mac.init(new SecretKeySpec(secret, macName));
        String message = String.format("%016x", factor);
        return HexFormat.of().formatHex(mac.doFinal(HexFormat.of().parseHex(message)));
    }

    static BigInteger truncated(String hmac) {
        int offset = Character.digit(hmac.charAt(hmac.length() - 1), 16);
        byte[] four = Arrays.copyOfRange(HexFormat.of().parseHex(hmac), offset, offset + 4);
        return new BigInteger(1, four).clearBit(31);
    }

    static String code(String macName, byte[] secret, long factor, int digits) throws GeneralSecurityException {
        String decimal = "00000000" + truncated(hmac(macName, secret, factor));
        return decimal.substring(decimal.length() - digits);
    }
}
