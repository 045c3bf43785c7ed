package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oathbound.seedfile.control.PskcSample.faults;
import static org.oathbound.seedfile.control.PskcSample.rows;
import static org.oathbound.seedfile.control.PskcSample.token;
import static org.oathbound.seedfile.control.PskcSample.with;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;

class PskcDraftTest {

    static final String HOTP = """
            <?xml version="1.0" encoding="UTF-8"?>
            <KeyContainer xmlns="urn:ietf:params:xml:ns:keyprov:container:1.0" Version="1">
            <Device><DeviceId><Manufacturer>Acme</Manufacturer><SerialNo>1500000001</SerialNo></DeviceId>
            <Key KeyAlgorithm="http://www.ietf.org/keyprov/pskc#hotp" KeyId="K1"><Issuer>Acme</Issuer>
            <Usage OTP="true"><ResponseFormat Format="DECIMAL" Length="6"/></Usage>
            <Data Name="SECRET"><Value>0Qs0rIygGGFhkHNLeRLw302q5+g=</Value></Data>
            <Data Name="COUNTER"><Value>AAAAAAAAAAc=</Value></Data></Key></Device>
            </KeyContainer>
            """;

    private static final String TOTP = with(HOTP, "#hotp", "#totp").replace("COUNTER", "TIME_INTERVAL");
    private static final String SECRET = "d10b34ac8ca018616190734b7912f0df4daae7e8";

    @Nested
    @DisplayName("A key of a draft is read as one of RFC 6030")
    class Read {

        @Test
        void withItsCounterOfEightBytes() {
            JsonObject token = token(HOTP);
            assertThat(token.getString("serialNumber")).isEqualTo("1500000001");
            assertThat(token.getString("manufacturer")).isEqualTo("Acme");
            assertThat(token.getString("secret")).isEqualToIgnoringCase(SECRET);
            assertThat(token.getString("type")).isEqualTo("HOTP");
            assertThat(token.getInt("otpLength")).isEqualTo(6);
            assertThat(token.getJsonObject("hotp").getInt("counter")).isEqualTo(7);
        }

        @Test
        void withItsTimeStep() {
            JsonObject token = token(with(TOTP, "AAAAAAAAAAc=", "AAAAAAAAADw="));
            assertThat(token.getString("type")).isEqualTo("TOTP");
            assertThat(token.getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
        }

        @ParameterizedTest
        @CsvSource({
            "<Value>AAAAAAAAAAc=</Value>, <PlainValue>7</PlainValue>",
            "<Value>AAAAAAAAAAc=</Value>, <Value>7</Value>",
            "<Value>AAAAAAAAAAc=</Value>, <PlainValue>AAAAAAAAAAc=</PlainValue>",
            "<Value>AAAAAAAAAAc=</Value>, <Value>AAAAAAAAAAc=</Value><ValueDigest>AAAA</ValueDigest>",
            "container:1.0, container",
            "container:1.0, pskc:1.0",
            "Version=\"1\", ''",
            "Version=\"1\", version=\"1.0\"",
            "http://www.ietf.org/keyprov/pskc#hotp, HOTP",
            "http://www.ietf.org/keyprov/pskc#hotp, http://www.ietf.org/keyprov/pskc#OATH-HOTP",
            "Format=\"DECIMAL\" Length, format=\"DECIMAL\" length",
            "<Device>, <EncryptionMethod algorithm=\"NONE\"/><DigestMethod algorithm=\"HMAC-SHA1\"/><Device>",
            "</DeviceId>, <Expiry>01/02/2030</Expiry></DeviceId>"
        })
        void inWhicheverWayItIsWritten(String piece, String other) {
            assertThat(token(with(HOTP, piece, other))).isEqualTo(token(HOTP));
        }

        @Test
        void valuesMayHaveElementsOfTheirOwn() {
            String file = with(HOTP, "<Data Name=\"SECRET\"><Value>", "<Data><Secret><PlainValue>")
                    .replace(
                            "</Value></Data>\n<Data Name=\"COUNTER\"><Value>AAAAAAAAAAc=</Value>",
                            "</PlainValue></Secret>" + "<Counter><PlainValue>7</PlainValue></Counter>");
            assertThat(token(file)).isEqualTo(token(HOTP));
        }

        @Test
        void whenTheDeviceEndsIsTold() {
            String file = with(HOTP, "</DeviceId>", "<Expiry>2030-12-31</Expiry></DeviceId>");
            assertThat(token(file).getString("expiresAt")).isEqualTo("2030-12-31T00:00:00Z");
        }

        @Test
        void howLongTheKeyIsValid() {
            String file = with(HOTP, "</Issuer>", "</Issuer><ExpiryDate>2030-12-31T00:00:00Z</ExpiryDate>");
            assertThat(rows(file).get(0).token())
                    .isNotNull()
                    .extracting("validUntil")
                    .isEqualTo("2030-12-31T00:00:00Z");
        }
    }

    @Nested
    @DisplayName("A key that is broken is a faulty row")
    class Broken {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                AAAAAAAAAAc=       | AAAAAAAAAA                     | hotp.counter | Counter is no integer
                AAAAAAAAAAc=       | MDAwMDAwMDc=                   | hotp.counter | Counter is no integer
                0Qs0               | .Qs0                           | secret       | no Base64
                #hotp              | #ocra                          | type         | another algorithm
                DECIMAL            | HEXADECIMAL                    | otpLength    | not decimal
                OTP="true"         | CR="true"                      | null         | does not allow
                OTP="true"         | OTP="false"                    | null         | does not allow
                "COUNTER"          | "PIN"                          | null         | Data has an element that
                "COUNTER"          | "SECRET"                       | null         | Secret twice
                <Issuer>           | <PIN>1</PIN><Issuer>           | null         | Key has an element that
                </Usage>           | <ChallengeFormat/></Usage>     | type         | challenges
                """)
        void andSaysWhatIsWrong(String piece, String other, String target, String message) {
            assertThat(faults(with(HOTP, piece, other))).anySatisfy(fault -> {
                assertThat(String.valueOf(fault.target())).isEqualTo(target);
                assertThat(fault.message()).contains(message);
            });
        }

        @Test
        void withAllThatIsWrong() {
            String file = with(with(HOTP, "DECIMAL", "BASE64"), "0Qs0", ".Qs0").replace("AAAAAAAAAAc=", "x");
            assertThat(faults(file))
                    .extracting(fault -> String.valueOf(fault.target()))
                    .containsExactly("otpLength", "secret", "hotp.counter");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes128-cbc\"><IV>AA==</IV></EncryptionMethod>",
                "<EncryptionMethod/>",
                "<EncryptionKey/>",
                "<Device><Key><Data Name=\"SECRET\"><EncryptedValue/></Data></Key></Device>",
                "<Device><Key><Data><Secret><EncryptedValue/></Secret></Data></Key></Device>"
            })
    void encryptedValuesRefuseTheFileOnce(String element) {
        assertThatThrownBy(() -> rows(with(HOTP, "<Device>", element + "<Device>")))
                .isInstanceOf(Problem.InvalidRequest.class)
                .hasMessageContaining("a draft of PSKC with encrypted values");
    }

    @Test
    void anotherNamespaceIsRefusedAsBefore() {
        assertThatThrownBy(() -> rows(with(HOTP, "container:1.0", "container:2.0")))
                .hasMessageContaining("not a KeyContainer");
    }
}
