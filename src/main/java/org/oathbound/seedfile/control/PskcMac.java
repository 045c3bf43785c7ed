package org.oathbound.seedfile.control;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The HMACs of XML Signature (RFC 6931 section 2.2), which make a ValueMAC, and under other names a key from a password. */
record PskcMac(String javaName) {

    static final String HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";

    static final String HMAC_SHA1 = "http://www.w3.org/2000/09/xmldsig#hmac-sha1";
    private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha";
    private static final String PKCS5 = PskcDerivation.PKCS5 + "hmac-sha";
    private static final Map<String, PskcMac> BY_URI = byUri();

    private static Map<String, PskcMac> byUri() {
        Map<String, PskcMac> macs = new HashMap<>();
        macs.put(HMAC_SHA1, new PskcMac("HmacSHA1"));
        for (int bits : Set.of(1, 224, 256, 384, 512)) {
            PskcMac mac = new PskcMac("HmacSHA" + bits);
            macs.put(MORE + bits, mac);
            macs.put(PKCS5 + bits, mac);
        }
        return Map.copyOf(macs);
    }

    /** Null when it is none of ours. */
    static @Nullable PskcMac of(String uri) {
        return BY_URI.get(uri);
    }

    byte[] of(byte[] key, byte[] value) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(javaName);
        mac.init(new SecretKeySpec(key, javaName));
        return mac.doFinal(value);
    }
}
