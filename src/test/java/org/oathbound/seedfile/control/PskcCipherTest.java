package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PskcCipherTest {

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static SecretKey key(String hex) {
        return new SecretKeySpec(bytes(hex), "AES");
    }

    private static PskcCipher cipher(String uri) {
        return Objects.requireNonNull(PskcCipher.of(uri));
    }

    @ParameterizedTest
    @DisplayName("The test vectors of RFC 3394 section 4 and RFC 5649 section 6")
    @CsvSource(textBlock = """
            http://www.w3.org/2001/04/xmlenc#kw-aes128, 000102030405060708090A0B0C0D0E0F,\
             1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5, 00112233445566778899AABBCCDDEEFF
            http://www.w3.org/2001/04/xmlenc#kw-aes192, 000102030405060708090A0B0C0D0E0F1011121314151617,\
             96778B25AE6CA435F92B5B97C050AED2468AB8A17AD84E5D, 00112233445566778899AABBCCDDEEFF
            http://www.w3.org/2001/04/xmlenc#kw-aes256,\
             000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F,\
             28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21,\
             00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F
            http://www.w3.org/2009/xmlenc11#kw-aes-192-pad, 5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8,\
             138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a, c37b7e6492584340bed12207808941155068f738
            http://www.w3.org/2009/xmlenc11#kw-aes-192-pad, 5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8,\
             afbeb0f07dfbf5419200f2ccb50bb24f, 466f7250617369
            """)
    void keyWrap(String uri, String key, String wrapped, String expected) throws GeneralSecurityException {
        PskcCipher cipher = cipher(uri);
        assertThat(cipher.fits(key(key))).isTrue();
        assertThat(cipher.checksItself()).isTrue();
        assertThat(cipher.open(key(key), bytes(wrapped))).isEqualTo(bytes(expected));
        byte[] changed = bytes(wrapped);
        changed[3] ^= 1;
        assertThat(catchThrowableOfType(GeneralSecurityException.class, () -> cipher.open(key(key), changed)))
                .isNotNull();
    }

    @Nested
    @DisplayName("AES-CBC as XML Encryption has it")
    class Cbc {

        private static final String KEY = "000102030405060708090A0B0C0D0E0F";

        private static byte[] encrypted(String padded) throws GeneralSecurityException {
            byte[] iv = bytes("00000000000000000000000000000007");
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key(KEY), new IvParameterSpec(iv));
            return bytes(HexFormat.of().formatHex(iv) + HexFormat.of().formatHex(cipher.doFinal(bytes(padded))));
        }

        private static byte[] open(byte[] encrypted) throws GeneralSecurityException {
            return cipher(PskcCipher.cbc(16)).open(key(KEY), encrypted);
        }

        @ParameterizedTest
        @ValueSource(strings = {"AABBCCDDEEFF0011223344550505050505", "AABBCCDDEEFF001122334455F0E1D2C305"})
        void anyPaddingWithItsLengthBehind(String padded) throws GeneralSecurityException {
            String block = padded.substring(0, 22) + padded.substring(24);
            assertThat(open(encrypted(block))).isEqualTo(bytes("AABBCCDDEEFF0011223344"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"AABBCCDDEEFF00112233445566778800", "AABBCCDDEEFF00112233445566778811"})
        void noOtherPadding(String padded) {
            assertThat(catchThrowableOfType(GeneralSecurityException.class, () -> open(encrypted(padded))))
                    .isNotNull();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 15, 16, 17, 31, 33})
        void wholeBlocksOnly(int length) {
            assertThat(catchThrowableOfType(GeneralSecurityException.class, () -> open(new byte[length])))
                    .isNotNull();
        }

        @Test
        void isToldByItsNameAlone() {
            assertThat(PskcCipher.of("http://www.w3.org/2001/04/xmlenc#aes128-cbc"))
                    .isEqualTo(cipher(PskcCipher.cbc(16)));
            assertThat(PskcCipher.of("http://www.w3.org/2009/xmlenc11#aes128-cbc"))
                    .isNull();
            assertThat(PskcCipher.of("aes128-cbc")).isNull();
        }
    }
}
