package org.oathbound.seedfile.control;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a value is encrypted (XML Encryption 1.1 sections 5.2 and 5.7).
 *
 * @param keyBytes how long its key is
 */
record PskcCipher(Kind kind, int keyBytes) {

    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";

    static final int BLOCK_BYTES = 16;
    private static final Map<String, PskcCipher> BY_URI = byUri();

    enum Kind {
        /** The initialization vector stands in front. Says nothing about whether a value was changed. */
        CBC,
        /** RFC 3394. */
        WRAP,
        /** RFC 5649. */
        PADDED_WRAP
    }

    private static Map<String, PskcCipher> byUri() {
        Map<String, PskcCipher> ciphers = new HashMap<>();
        for (int bits : new int[] {128, 192, 256}) {
            ciphers.put(cbc(bits / 8), new PskcCipher(Kind.CBC, bits / 8));
            ciphers.put(XENC + "kw-aes" + bits, new PskcCipher(Kind.WRAP, bits / 8));
            ciphers.put(XENC11 + "kw-aes-" + bits + "-pad", new PskcCipher(Kind.PADDED_WRAP, bits / 8));
        }
        return Map.copyOf(ciphers);
    }

    /** What AES-CBC with a key of that length is called. */
    static String cbc(int keyBytes) {
        return XENC + "aes" + keyBytes * 8 + "-cbc";
    }

    /** Null when it is none of ours. */
    static @Nullable PskcCipher of(String uri) {
        return BY_URI.get(uri);
    }

    /** Whether what was changed does not open. */
    boolean checksItself() {
        return kind != Kind.CBC;
    }

    boolean fits(SecretKey key) {
        return key.getEncoded().length == keyBytes;
    }

    byte[] open(SecretKey key, byte[] value) throws GeneralSecurityException {
        if (kind == Kind.CBC) {
            return openCbc(key, value);
        }
        Cipher cipher = Cipher.getInstance(kind == Kind.WRAP ? "AES/KW/NoPadding" : "AES/KWP/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, aes(key));
        return cipher.doFinal(value);
    }

    private static byte[] openCbc(SecretKey key, byte[] value) throws GeneralSecurityException {
        if (value.length < 2 * BLOCK_BYTES || value.length % BLOCK_BYTES != 0) {
            throw new GeneralSecurityException("Not a whole number of blocks.");
        }
        // XML Encryption says of padding only what its last byte is; PKCS #5, which RFC 6030 has, is one way to do so.
        Cipher cipher = Cipher.getInstance("AES/CBC/ISO10126Padding");
        cipher.init(Cipher.DECRYPT_MODE, aes(key), new IvParameterSpec(value, 0, BLOCK_BYTES));
        return cipher.doFinal(value, BLOCK_BYTES, value.length - BLOCK_BYTES);
    }

    /** @param iv of {@link #BLOCK_BYTES}, random, used once */
    byte[] sealCbc(SecretKey key, byte[] iv, byte[] plain) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, aes(key), new IvParameterSpec(iv));
        byte[] blocks = cipher.doFinal(plain);
        return ByteBuffer.allocate(iv.length + blocks.length)
                .put(iv)
                .put(blocks)
                .array();
    }

    private static SecretKey aes(SecretKey key) {
        return new SecretKeySpec(key.getEncoded(), "AES");
    }
}
