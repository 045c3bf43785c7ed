package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.oathbound.seedfile.control.PskcSample.CLEAR;
import static org.oathbound.seedfile.control.PskcSample.SECRET;
import static org.oathbound.seedfile.control.PskcSample.faults;
import static org.oathbound.seedfile.control.PskcSample.faultsAmongOthers;
import static org.oathbound.seedfile.control.PskcSample.figure;
import static org.oathbound.seedfile.control.PskcSample.key;
import static org.oathbound.seedfile.control.PskcSample.rows;
import static org.oathbound.seedfile.control.PskcSample.token;
import static org.oathbound.seedfile.control.PskcSample.with;

import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.PskcTools;
import org.oathbound.problem.Detail;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

@Tag("slow")
class PskcProtectionTest {

    private static final String SHUT = "The key does not open this, or it was changed after it was encrypted.";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final FileKey PASSWORD = new FileKey.Password("qwerty");

    private static void assertOneFault(List<Detail> faults, String message) {
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).target()).isEqualTo("secret");
        assertThat(faults.get(0).message()).contains(message);
    }

    @Nested
    @DisplayName("What others encrypt is opened")
    class Opens {

        @BeforeAll
        static void needsOthers() {
            PskcTools.mustBeThere();
        }

        private static String ofPython(String setUp) {
            return PskcTools.write(setUp + """

                    file.add_key(id='1', serial='T1', secret=bytes.fromhex('%s'), algorithm='totp', response_length=6,
                        response_encoding='DECIMAL', algorithm_suite='HMAC-SHA256', time_interval=60, time_drift=3)
                    file.keys[0].algorithm = 'urn:ietf:params:xml:ns:keyprov:pskc:totp'
                    file.add_key(id='2', serial='H2', secret=bytes.fromhex('%s'), response_length=8,
                        response_encoding='DECIMAL', counter=123456789012)
                    file.keys[1].algorithm = 'urn:ietf:params:xml:ns:keyprov:pskc:hotp'
                    """.formatted(SECRET, SECRET));
        }

        private static void assertRead(String file, FileKey key) {
            assertThat(file).contains("CipherValue").doesNotContain(">MTIz");
            assertThat(PskcSample.tokens(file, Hints.NONE, key))
                    .extracting(token -> token.getString("serialNumber"), token -> token.getString("secret"))
                    .containsExactly(tuple("T1", SECRET), tuple("H2", SECRET));
            assertThat(token(file, Hints.NONE, key))
                    .containsEntry(
                            "totp",
                            Json.createObjectBuilder()
                                    .add("timeStep", 60)
                                    .add("drift", 3)
                                    .build());
            assertThat(PskcSample.tokens(file, Hints.NONE, key).get(1).getJsonObject("hotp"))
                    .containsEntry("counter", Json.createValue(123456789012L));
        }

        @ParameterizedTest
        @CsvSource({
            "aes128-cbc, 16, hmac-sha1",
            "aes192-cbc, 24, hmac-sha224",
            "aes256-cbc, 32, hmac-sha256",
            "aes256-cbc, 32, hmac-sha384",
            "aes128-cbc, 16, hmac-sha512"
        })
        void withASharedKey(String algorithm, int keyBytes, String mac) {
            String key = KEY.substring(0, 2 * keyBytes);
            String file = ofPython("file.mac.algorithm = '" + mac + "'\n"
                    + "file.encryption.setup_preshared_key(algorithm='" + algorithm + "', key=bytes.fromhex('" + key
                    + "'), fields=['secret', 'counter', 'time_interval', 'time_drift'])");
            assertThat(file).contains("#" + algorithm, "#" + mac);
            assertRead(file, key(key));
        }

        @ParameterizedTest
        @CsvSource({"kw-aes128, 16", "kw-aes192, 24", "kw-aes256, 32"})
        void withAWrappingKey(String algorithm, int keyBytes) {
            String key = KEY.substring(0, 2 * keyBytes);
            // Key wrap takes multiples of eight bytes only (RFC 3394).
            String file = PskcTools.write("file.encryption.setup_preshared_key(algorithm='" + algorithm
                    + "', key=bytes.fromhex('" + key + "'))\n"
                    + "file.add_key(id='1', secret=bytes.fromhex('" + KEY + "'), response_length=6,"
                    + " response_encoding='DECIMAL')\n"
                    + "file.keys[0].algorithm = 'urn:ietf:params:xml:ns:keyprov:pskc:hotp'");
            assertThat(file).contains("#" + algorithm);
            String withoutMac = file.replaceAll("(?s)<pskc:MACMethod.*</pskc:MACMethod>", "");
            assertThat(token(withoutMac, Hints.NONE, key(key)).getString("secret"))
                    .isEqualTo(KEY);
        }

        @ParameterizedTest
        @CsvSource({"'', 16", "hmac-sha1, 32", "hmac-sha256, 32", "hmac-sha384, 24", "hmac-sha512, 16"})
        void withAPassword(String function, int keyBytes) {
            String file =
                    ofPython("file.encryption.setup_pbkdf2('pass w\u00f6rd', iterations=1234, key_length=" + keyBytes
                            + ", algorithm='aes" + 8 * keyBytes + "-cbc'"
                            + (function.isEmpty() ? "" : ", prf='" + function + "'") + ")");
            assertThat(file).contains("1234", function);
            assertRead(file, new FileKey.Password("pass w\u00f6rd"));
        }
    }

    @Nested
    @DisplayName("A value that can't be trusted or opened is refused, and the others are read")
    class Refuses {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                ValueMAC>         | Other>                                                  | Secret has an element that
                <ValueMAC>Su+N    | <ValueMAC>Su+M                                          | does not open
                <ValueMAC>Su+N    | <ValueMAC>                                              | does not open
                vtQfmvfJzF6bmQiJqoLRExc= | ''                                               | does not open
                <ValueMAC>Su      | <ValueMAC>%%                                            | ValueMAC is no Base64
                </ValueMAC>       | </ValueMAC><ValueMAC/>                                  | Secret has ValueMAC twice
                qIUqGv            | qIUqGw                                                  | does not open
                AAECAwQFBgcICQoLDA0OD | AQECAwQFBgcICQoLDA0OD                               | does not open
                AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv | AAEC     | does not open
                AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv | %        | CipherValue is no Base64
                AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv | ''       | does not stand in the file
                xenc:CipherValue  | xenc:CipherReference                                    | does not stand in the file
                xenc:CipherData   | xenc:CipherDate                                         | does not stand in the file
                xmlenc#aes128-cbc | xmlenc#tripledes-cbc                                    | not supported
                xmlenc#aes128-cbc | xmlenc#rsa-oaep-mgf1p                                   | public key
                xmlenc#aes128-cbc | xmlenc#aes256-cbc                                       | a key of 32 bytes
                xmlenc#aes128-cbc | xmlenc#kw-aes128                                        | does not open
                Algorithm="http:  | Alg="http:                                              | not supported
                xenc:EncryptionMethod | xenc:Encryption                                     | not supported
                <EncryptedValue>  | <PlainValue>AAAA</PlainValue><EncryptedValue>           | either
                """)
        void inFigure6(String piece, String other, String message) {
            List<Detail> faults = faultsAmongOthers(figure(6), piece, other, Hints.NONE, key());
            assertThat(faults).hasSize(1);
            assertThat(faults.get(0).message()).contains(message);
        }

        @Test
        void aMacThatIsMissing() {
            String file = figure(6);
            String mac =
                    file.substring(file.indexOf("<ValueMAC>"), file.indexOf("</ValueMAC>") + "</ValueMAC>".length());
            assertOneFault(
                    faultsAmongOthers(file, mac, "", Hints.NONE, key()),
                    "The file declares a MAC, and this value has none.");
        }

        @Test
        void aSecretInTheClearWhereAMacIsDeclared() {
            String file = figure(6);
            String encrypted = file.substring(
                    file.indexOf("<EncryptedValue>"), file.indexOf("</ValueMAC>") + "</ValueMAC>".length());
            String clear = "<PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue>";
            assertOneFault(faultsAmongOthers(file, encrypted, clear, Hints.NONE, key()), "The secret is not encrypted");
            assertOneFault(faults(with(file, encrypted, clear)), "The secret is not encrypted");
        }

        @Test
        void aSecretInTheClearWhereAKeyWasGiven() {
            assertOneFault(faults(figure(3), Hints.NONE, key()), "The secret is not encrypted");
            assertOneFault(faults(figure(3), Hints.NONE, PASSWORD), "The secret is not encrypted");
        }
    }

    @Nested
    @DisplayName("A file whose header is broken has no token that is encrypted")
    class Header {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                MACMethod         | Extensions                                              | has no MACMethod
                xmldsig#hmac-sha1 | xmldsig-more#hmac-md5                                   | MAC is of a kind
                Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1" | ''                | MAC is of a kind
                <MACKey>          | <ds:HMACOutputLength>8</ds:HMACOutputLength><MACKey>    | MAC is of a kind
                MACKey>           | MACKeyReference>                                        | MAC is of a kind
                MACKey>           | Extension>                                              | MAC is of a kind
                <MACKey>          | <MACKey/><MACKey>                                       | MACMethod has MACKey twice
                ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX | ESIz     | does not open
                ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX | ''       | does not stand
                ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX | ?        | no Base64
                WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX | WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSY | does not open
                """)
        void inFigure6(String piece, String other, String message) {
            List<Detail> faults = faults(with(figure(6), piece, other), Hints.NONE, key());
            assertThat(faults).hasSize(1);
            assertThat(faults.get(0).message()).contains(message);
        }

        @Test
        void aMacKeyWithNothingInIt() {
            String file = figure(6);
            String macKey = file.substring(file.indexOf("<MACKey>"), file.indexOf("</MACKey>"));
            assertOneFault(faults(with(file, macKey, "<MACKey>"), Hints.NONE, key()), "not supported");
        }

        /** The same HMAC, with figure 6's key of AES in place of its MAC key; computed with openssl. */
        @Test
        void withoutAMacKeyTheKeyItselfMakesTheMac() {
            String file = figure(6);
            String macKey = file.substring(file.indexOf("<MACKey>"), file.indexOf("</MACKey>") + "</MACKey>".length());
            String without = with(file, macKey, "");
            assertOneFault(faults(without, Hints.NONE, key()), SHUT);
            String mac = with(without, "Su+NvtQfmvfJzF6bmQiJqoLRExc=", "N8Agsfe5A7WQFswmdvL/MHdd3y0=");
            assertThat(token(mac, Hints.NONE, key()).getString("secret")).isEqualTo(SECRET);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                <IterationCount>1000 | <IterationCount>0                       | specified salt and a number of iterations
                <IterationCount>1000 | <IterationCount>-1                      | specified salt and a number of iterations
                <IterationCount>1000 | <IterationCount>                        | specified salt and a number of iterations
                <IterationCount>1000 | <IterationCount>10000001                | more than 10000000 iterations
                <IterationCount>1000 | <IterationCount>99999999999999999999    | more than 10000000 iterations
                <IterationCount>1000 | <IterationCount>1001                    | does not open
                IterationCount       | Iterations                              | specified salt and a number of iterations
                <KeyLength>16        | <KeyLength>15                           | 16, 24 or 32
                <KeyLength>16        | <KeyLength>1000000000                   | 16, 24 or 32
                <KeyLength>16        | <KeyLength>32                           | a key of 16 bytes
                KeyLength            | Length                                  | 16, 24 or 32
                Specified            | OtherSource                             | specified salt
                Ej7/PEpyEpw=         | ''                                      | specified salt
                Ej7/PEpyEpw=         | Ej7/PEpyEp                              | does not open
                Ej7/PEpyEpw=         | !                                       | no Base64
                pkcs5:PBKDF2-params  | pkcs5:PBES2-params                      | specified salt
                <PRF/>               | <PRF Algorithm="urn:x"/>                | function that is not supported
                <PRF/>               | <PRF>hmac-sha256</PRF>                  | function that is not supported
                #pbkdf2              | #pbkdf3                                 | other than PBKDF2
                xenc11:KeyDerivationMethod | xenc11:KeyDerivation              | does not come from a password
                xenc11:DerivedKey    | xenc:EncryptedKey                       | does not come from a password
                """)
        void inFigure7(String piece, String other, String message) {
            List<Detail> faults = faults(with(figure(7), piece, other), Hints.NONE, PASSWORD);
            assertThat(faults).hasSize(1);
            assertThat(faults.get(0).message()).contains(message);
        }

        @Test
        void tooManyIterationsAreRefusedAtOnce() {
            String file = with(figure(7), "<IterationCount>1000", "<IterationCount>2000000000");
            Assertions.assertTimeout(Duration.ofSeconds(2), () -> assertThat(rows(file, Hints.NONE, PASSWORD))
                    .hasSize(1));
        }

        @Test
        void aSaltIsNotEndless() {
            String file = with(figure(7), "Ej7/PEpyEpw=", "AAAA".repeat(342));
            assertOneFault(faults(file, Hints.NONE, PASSWORD), "longer than 1024 bytes");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<PRF Algorithm='http://www.w3.org/2000/09/xmldsig#hmac-sha1'/>",
                    "<PRF Algorithm='http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#hmac-sha1'/>",
                    ""
                })
        void theUsualFunctionHasNames(String function) {
            assertThat(faults(with(figure(7), "<PRF/>", function), Hints.NONE, PASSWORD))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("The wrong key, a wrong MAC and a changed value read alike")
    class Alike {

        @Test
        void whateverDoesNotOpen() {
            List<Detail> wrongKey = faults(figure(6), Hints.NONE, key("12345678901234567890123456789013"));
            assertOneFault(wrongKey, SHUT);
            assertThat(faults(with(figure(6), "Su+N", "Su+M"), Hints.NONE, key()))
                    .isEqualTo(wrongKey);
            assertThat(faults(with(figure(6), "qIUqGv", "qIUqGw"), Hints.NONE, key()))
                    .isEqualTo(wrongKey);
            assertThat(faults(figure(7), Hints.NONE, new FileKey.Password("Qwerty")))
                    .isEqualTo(wrongKey);
            assertThat(faults(figure(7), Hints.NONE, new FileKey.Password(""))).isEqualTo(wrongKey);
        }

        @Test
        void theKeyThatIsMissing() {
            assertOneFault(faults(figure(6), Hints.NONE, CLEAR), "no key or password was given");
            assertOneFault(faults(figure(7), Hints.NONE, CLEAR), "no key or password was given");
            assertOneFault(faults(figure(6), Hints.NONE, PASSWORD), "does not come from a password");
            assertOneFault(faults(figure(7), Hints.NONE, key()), "comes from a password");
        }

        @Test
        void theKeyOfAnotherLength() {
            assertOneFault(faults(figure(6), Hints.NONE, key(KEY)), "a key of 16 bytes");
        }

        @Test
        void keysDoNotShowThemselves() {
            assertThat(faults(figure(6), Hints.NONE, key(KEY)).toString() + key(KEY) + PASSWORD)
                    .doesNotContain(KEY, "qwerty");
        }
    }
}
