package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.oathbound.seedfile.control.PskcCipher.XENC;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;

class PskcValueTest {

    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[16], "AES");
    private static final String HMAC = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
    private static final PskcElement MAC_METHOD =
            new PskcElement(PskcElement.PSKC, "MACMethod", Map.of("Algorithm", HMAC), "", List.of());

    private static PskcElement element(
            String namespace, String name, Map<String, String> attributes, PskcElement... in) {
        return new PskcElement(namespace, name, attributes, "", List.of(in));
    }

    private static PskcElement text(String namespace, String name, byte[] content) {
        return new PskcElement(namespace, name, Map.of(), Base64.getEncoder().encodeToString(content), List.of());
    }

    private static PskcElement encrypted(String algorithm, byte[] content) {
        return element(
                PskcElement.PSKC,
                "EncryptedValue",
                Map.of(),
                element(XENC, "EncryptionMethod", Map.of("Algorithm", algorithm)),
                element(XENC, "CipherData", Map.of(), text(XENC, "CipherValue", content)));
    }

    private static byte[] mac(byte[] content) throws GeneralSecurityException {
        return Objects.requireNonNull(PskcMac.of(HMAC)).of(KEY.getEncoded(), content);
    }

    private static PskcValue value(@Nullable PskcElement macMethod, PskcElement... in) {
        return new PskcValue(
                element(PskcElement.PSKC, "Counter", Map.of(), in),
                new PskcProtection(new FileKey.PreShared(KEY), null, macMethod),
                "hotp.counter");
    }

    /** Encrypted and with its MAC; the key makes both. */
    private static PskcValue sealed(byte[] content) throws GeneralSecurityException {
        byte[] iv = new byte[16];
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, KEY, new IvParameterSpec(iv));
        byte[] blocks = cipher.doFinal(content);
        byte[] both = new byte[16 + blocks.length];
        System.arraycopy(blocks, 0, both, 16, blocks.length);
        return value(MAC_METHOD, encrypted(PskcCipher.cbc(16), both), text(PskcElement.PSKC, "ValueMAC", mac(both)));
    }

    @Nested
    @DisplayName("An encrypted integer is bytes, the highest first")
    class Integers {

        @ParameterizedTest
        @CsvSource({
            "0000000000000000, 8, 0",
            "00000000000000FF, 8, 255",
            "0000001CBE991A14, 8, 123456789012",
            "FFFFFFFFFFFFFFFF, 8, -1",
            "3030303030303031, 8, 3472328296227680305",
            "0000001E, 4, 30",
            "FFFFFFFE, 4, -2",
            "00, 8, 0",
            "FF, 8, 255",
            "1CBE991A14, 8, 123456789012",
            "1E, 4, 30"
        })
        void isRead(String hex, int length, String expected) throws GeneralSecurityException {
            assertThat(sealed(HexFormat.of().parseHex(hex)).integer(length)).isEqualTo(new BigInteger(expected));
        }

        /** One byte 35 could be 53, and could be the digit 5. */
        @ParameterizedTest
        @CsvSource({"35, 8", "3330, 4", "31323334, 8", "'', 8", "000000000000000001, 8", "0000000001, 4"})
        void isNotGuessed(String hex, int length) throws GeneralSecurityException {
            PskcValue value = sealed(HexFormat.of().parseHex(hex));
            assertThat(catchThrowableOfType(Problem.InvalidData.class, () -> value.integer(length)))
                    .hasMessageContaining("Counter is no integer of " + length + " bytes.");
        }
    }

    @Nested
    @DisplayName("The MAC comes first")
    class Mac {

        /** No blocks at all, and padding that does not fit: with a right MAC, and it reads like a wrong one. */
        @ParameterizedTest
        @ValueSource(ints = {1, 16, 32, 48})
        void whatDoesNotDecryptReadsLikeAWrongMac(int length) throws GeneralSecurityException {
            byte[] content = new byte[length];
            PskcElement encrypted = encrypted(PskcCipher.cbc(16), content);
            PskcValue right = value(MAC_METHOD, encrypted, text(PskcElement.PSKC, "ValueMAC", mac(content)));
            PskcValue wrong =
                    value(MAC_METHOD, encrypted, text(PskcElement.PSKC, "ValueMAC", mac(new byte[length + 1])));
            Problem.InvalidData first = catchThrowableOfType(Problem.InvalidData.class, right::bytes);
            assertThat(first.details())
                    .isEqualTo(catchThrowableOfType(Problem.InvalidData.class, wrong::bytes)
                            .details());
        }

        @Test
        void isWantedOfWrappedKeysTooWhereItIsDeclared() throws GeneralSecurityException {
            Cipher cipher = Cipher.getInstance("AES/KW/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, KEY);
            byte[] wrapped = cipher.doFinal(new byte[16]);
            PskcElement encrypted = encrypted(XENC + "kw-aes128", wrapped);
            assertThat(value(null, encrypted).bytes()).isEqualTo(new byte[16]);
            assertThat(value(MAC_METHOD, encrypted, text(PskcElement.PSKC, "ValueMAC", mac(wrapped)))
                            .bytes())
                    .isEqualTo(new byte[16]);
            assertThat(catchThrowableOfType(Problem.InvalidData.class, () -> value(MAC_METHOD, encrypted)
                            .bytes()))
                    .hasMessageContaining("declares a MAC, and this value has none");
        }
    }
}
