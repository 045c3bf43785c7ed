package org.oathbound.otp;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;

/** The hash function under the HMAC: SHA-1 for RFC 4226, any of these for RFC 6238 (section 1.2). */
public enum HashAlgorithm {
    SHA_1("HmacSHA1"),
    SHA_256("HmacSHA256"),
    SHA_512("HmacSHA512");

    private final String macName;

    HashAlgorithm(String macName) {
        this.macName = macName;
    }

    /** The name of the HMAC over this hash in the Java Cryptography Architecture. */
    public String macName() {
        return macName;
    }

    Mac mac(SharedSecret secret) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(secret.key(macName));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no usable " + macName, e);
        }
    }
}
