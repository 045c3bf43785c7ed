package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.seedfile.control.PskcSample.CLEAR;
import static org.oathbound.seedfile.control.PskcSample.faults;
import static org.oathbound.seedfile.control.PskcSample.faultsAmongOthers;
import static org.oathbound.seedfile.control.PskcSample.figure;
import static org.oathbound.seedfile.control.PskcSample.rows;
import static org.oathbound.seedfile.control.PskcSample.token;
import static org.oathbound.seedfile.control.PskcSample.totp;
import static org.oathbound.seedfile.control.PskcSample.with;

import jakarta.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Detail;
import org.oathbound.seedfile.entity.Hints;

class PskcTest {

    private static final String SECRET = "<PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";

    private static Hints hints(
            @Nullable String type, @Nullable Integer otpLength, @Nullable Integer timeStep, @Nullable String hash) {
        return new Hints(null, type, otpLength, timeStep, hash);
    }

    private static void assertOneFault(List<Detail> faults, String target, String message) {
        assertThat(faults).hasSize(1);
        assertThat(String.valueOf(faults.get(0).target())).isEqualTo(target);
        assertThat(faults.get(0).message()).contains(message);
    }

    @Nested
    @DisplayName("A key that is broken is refused, and the others are read")
    class Broken {

        /** What is replaced in figure 3, by what, and the fault. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                MTIzNDU2                    | M.IzNDU2                     | secret        | PlainValue is no Base64
                MTIzNDU2                    | MTIzNDU                      | secret        | PlainValue is no Base64
                <Secret>                    | <Secret><EncryptedValue/>    | secret        | either
                <Secret>                    | <Secret><PlainValue/>        | null          | Secret has PlainValue twice
                <Secret>                    | <Secret><Plain>x</Plain>     | null          | Secret has an element that
                <Secret>                    | <Secret xmlns=''>            | null          | Data has an element that
                <Data>                      | <Data><Secret/>              | null          | Data has Secret twice
                </Data>                     | </Data><Data/>               | null          | Key has Data twice
                <PlainValue>0<              | <PlainValue>0x1<             | hotp.counter  | Counter is no integer
                <PlainValue>0<              | <PlainValue>AAAAAAAAAAA=<    | hotp.counter  | Counter is no integer
                <PlainValue>0<              | <PlainValue>1.0<             | hotp.counter  | Counter is no integer
                <PlainValue>0<              | <PlainValue>1e3<             | hotp.counter  | Counter is no integer
                <PlainValue>0<              | <PlainValue>٣<               | hotp.counter  | Counter is no integer
                <PlainValue>0<              | <PlainValue><                | hotp.counter  | Counter is no integer
                <PlainValue>0<              | <PlainValue>12345678901234567890<|hotp.counter| Counter is no integer
                <PlainValue>0</PlainValue>  | <Value>0</Value>             | null          | Counter has an element that
                <PlainValue>0</PlainValue>  | ''                           | hotp.counter  | either
                </Counter>                  | <ValueMAC>AA==</ValueMAC></Counter> | hotp.counter | which only an encrypted
                <Counter>                   | <Countr/><Counter>           | null          | Data has an element that
                :hotp                       | :pin                         | type          | another algorithm
                :hotp                       | :ocra                        | type          | another algorithm
                :hotp                       | :hotp2                       | type          | another algorithm
                keyprov:pskc:hotp           | keyprov:pskc:1.0:hotp        | type          | another algorithm
                "DECIMAL"                   | "HEXADECIMAL"                | otpLength     | not decimal
                Encoding=                   | Format=                      | otpLength     | not decimal
                Length="8"                  | Length="eight"               | otpLength     | how long
                Length="8"                  | ''                           | otpLength     | how long
                Length="8"                  | Length="8" CheckDigits="true"| otpLength     | check digit
                Length="8"                  | Length="8" CheckDigits="1"   | otpLength     | check digit
                <ResponseFormat             | <Suite>HMAC-SHA384</Suite><ResponseFormat | hashAlgorithm | Suite
                <ResponseFormat             | <Suite>OCRA-1:HOTP-SHA1-6:C-QN08</Suite><ResponseFormat | hashAlgorithm | Suite
                <ResponseFormat             | <Suite hashalgo="sha256"/><ResponseFormat | hashAlgorithm | Suite
                <Issuer>                    | <KeyProfileId>1</KeyProfileId><Issuer> | null | refers to others
                <Issuer>                    | <KeyReference>1</KeyReference><Issuer> | null | refers to others
                <Issuer>                    | <Usage/><Issuer>             | null          | Key has an element that
                <CryptoModuleInfo>          | <Device/><CryptoModuleInfo>  | null          | KeyPackage has an element that
                <Manufacturer>              | <Serial/><Manufacturer>      | null          | DeviceInfo has an element that
                <Manufacturer>              | <SerialNo>1</SerialNo><Manufacturer> | null  | DeviceInfo has SerialNo twice
                """)
        void inFigure3(String piece, String other, String target, String message) {
            assertOneFault(faultsAmongOthers(figure(3), piece, other, Hints.NONE, CLEAR), target, message);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                <PlainValue>30<             | <PlainValue>thirty<          | totp.timeStep | TimeInterval is no integer
                TimeInterval>               | TimeDrift>                   | totp.timeStep | by the parameter timeStep
                <TimeInterval>              | <Time><PlainValue>1</PlainValue></Time><TimeInterval> | totp | not 0
                <TimeInterval>              | <Time><PlainValue>x</PlainValue></Time><TimeInterval> | totp | Time is no integer
                <TimeInterval>              | <TimeDrift><PlainValue>x</PlainValue></TimeDrift><TimeInterval> | totp.drift | TimeDrift is no
                """)
        void inATotpKey(String piece, String other, String target, String message) {
            assertOneFault(faultsAmongOthers(totp(), piece, other, Hints.NONE, CLEAR), target, message);
        }

        @Test
        void hasSeveralFaultsAtOnce() {
            String file = with(with(totp(), "<PlainValue>30<", "<PlainValue>x<"), "\"DECIMAL\"", "\"BASE64\"");
            assertThat(faults(with(file, SECRET, "<PlainValue>?")))
                    .extracting(Detail::target)
                    .containsExactly("otpLength", "secret", "totp.timeStep");
        }

        @Test
        void hasNoKey() {
            assertOneFault(
                    faults("<KeyContainer Version='1.0' xmlns='urn:ietf:params:xml:ns:keyprov:pskc'><KeyPackage/>"
                            + "</KeyContainer>"),
                    "null",
                    "no Key");
        }

        @Test
        void hasTwoKeys() {
            assertOneFault(faults(with(figure(3), "</Key>", "</Key><Key/>")), "null", "KeyPackage has Key twice");
        }

        @Test
        void hasNoName() {
            String file = with(with(figure(3), "<SerialNo>987654321</SerialNo>", "<SerialNo/>"), "Id=\"12345678\"", "");
            assertOneFault(faults(file), "serialNumber", "neither a SerialNo nor an Id");
        }

        @Test
        void showsNoSecret() {
            assertThat(faults(with(figure(3), SECRET, "<PlainValue>%MTIzNDU2Nzg5"))
                            .toString())
                    .doesNotContain("MTIz");
        }
    }

    @Nested
    @DisplayName("A policy that is not known or can't be kept makes a key unusable")
    class Policy {

        private static String policy(String elements) {
            return "<Policy>" + elements + "</Policy></Key>";
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                <KeyUsage>CR</KeyUsage>                                           | does not allow
                <KeyUsage>CR</KeyUsage><KeyUsage>Integrity</KeyUsage>             | does not allow
                <KeyUsage></KeyUsage>                                             | does not allow
                <NumberOfTransactions>5</NumberOfTransactions>                    | number of its uses
                <PINPolicy PINUsageMode="Append"/>                                | PIN
                <PINPolicy PINUsageMode="Prepend"/>                               | PIN
                <PINPolicy PINUsageMode="Algorithmic"/>                           | PIN
                <PINPolicy MinLength="4"/>                                        | PIN
                <PINPolicy PINUsageMode="Local" WrongPINtry="5"/>                 | PIN
                <PINPolicy PINUsageMode="Local"><Other/></PINPolicy>              | PIN
                <Location>DE</Location>                                           | not known
                <x:Location xmlns:x="urn:x">DE</x:Location>                       | not known
                <KeyUsage xmlns="">OTP</KeyUsage>                                 | not known
                <StartDate>2026-01-01T00:00:00Z</StartDate><StartDate/>           | StartDate twice
                """)
        void isRefused(String elements, String message) {
            assertOneFault(
                    faultsAmongOthers(figure(3), "</Key>", policy(elements), Hints.NONE, CLEAR), "null", message);
        }

        @Test
        void needsADateForItsBegin() {
            for (String text : List.of("tomorrow", "")) {
                assertOneFault(
                        faults(with(figure(3), "</Key>", policy("<StartDate>" + text + "</StartDate>"))),
                        "validFrom",
                        "StartDate is no time");
            }
        }

        @Test
        void needsADateForTheEnd() {
            assertOneFault(
                    faults(with(figure(3), "</Key>", policy("<ExpiryDate>never</ExpiryDate>"))),
                    "validUntil",
                    "ExpiryDate is no time");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<KeyUsage>OTP</KeyUsage>",
                    "<KeyUsage>CR</KeyUsage><KeyUsage>OTP</KeyUsage>",
                    "<PINPolicy PINUsageMode='Local' MaxFailedAttempts='3'/>",
                    "<StartDate>2026-03-01T12:00:00Z</StartDate>",
                    "<StartDate>2026-03-01T11:59:59.999</StartDate>",
                    "<StartDate>2026-03-01T12:59:00+01:00</StartDate>",
                    ""
                })
        void isKept(String elements) {
            assertThat(faults(with(figure(3), "</Key>", policy(elements)))).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "2031-01-01T00:00:00Z, 2031-01-01T00:00:00Z",
            "2029-01-01T00:00:00+01:00, 2028-12-31T23:00:00Z",
            "2029-01-01T00:00:00, 2029-01-01T00:00:00Z"
        })
        void endsWithTheKeyAndTheDevicesOwnDateIsReportedOnly(String end, String expected) {
            String file = with(
                    with(figure(3), "</DeviceInfo>", "<ExpiryDate>" + end + "</ExpiryDate></DeviceInfo>"),
                    "</Key>",
                    policy(
                            "<StartDate>2026-03-01T12:30:00+01:00</StartDate><ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate>"));
            assertThat(token(file))
                    .containsEntry("expiresAt", Json.createValue(expected))
                    .containsEntry("validFrom", Json.createValue("2026-03-01T11:30:00Z"))
                    .containsEntry("validUntil", Json.createValue("2030-01-01T00:00:00Z"));
        }
    }

    @Nested
    @DisplayName("What the file leaves open has to be given, and what it says stands")
    class Given {

        private static final String FORMAT = "<ResponseFormat Length=\"8\" Encoding=\"DECIMAL\"/>";
        private static final String ALGORITHM = "Algorithm=\"urn:ietf:params:xml:ns:keyprov:pskc:hotp\"";

        @Test
        void theType() {
            String file = with(figure(3), ALGORITHM, "");
            assertOneFault(faults(file), "type", "say it by the parameter");
            assertThat(token(file, hints("HOTP", null, null, null), CLEAR).getString("type"))
                    .isEqualTo("HOTP");
        }

        @Test
        void theLength() {
            String file = with(figure(3), FORMAT, "");
            assertOneFault(faults(file), "otpLength", "say it by the parameter");
            assertThat(token(file, hints(null, 6, null, null), CLEAR).getInt("otpLength"))
                    .isEqualTo(6);
        }

        @Test
        void theTimeStep() {
            String file = with(totp(), "TimeInterval>", "Counter>");
            assertOneFault(faults(file), "totp.timeStep", "say it by the parameter");
            assertThat(token(file, hints(null, null, 60, null), CLEAR))
                    .containsEntry(
                            "totp",
                            Json.createObjectBuilder().add("timeStep", 60).build());
        }

        @Test
        void theHashIsSha1OrGiven() {
            assertThat(token(figure(3))).doesNotContainKey("hashAlgorithm");
            assertThat(token(figure(3), hints(null, null, null, "HmacSHA512"), CLEAR)
                            .getString("hashAlgorithm"))
                    .isEqualTo("HmacSHA512");
        }

        @Test
        void theSameIsNoContradiction() {
            String file = with(totp(), "<ResponseFormat", "<Suite>HMAC-SHA256</Suite><ResponseFormat");
            assertThat(faults(file, hints("TOTP", 8, 30, "HmacSHA256"), CLEAR)).isEmpty();
        }

        @Test
        void aParameterDoesNotChangeWhatItSays() {
            String file = with(totp(), "<ResponseFormat", "<Suite>HMAC-SHA256</Suite><ResponseFormat");
            assertThat(token(file, hints("HOTP", 6, 60, "HmacSHA1"), CLEAR)).isEqualTo(token(file));
        }
    }

    @Nested
    @DisplayName("A key is read as it is meant")
    class Reads {

        @ParameterizedTest
        @CsvSource({
            "HMAC-SHA1, HmacSHA1",
            "HMAC-SHA256, HmacSHA256",
            "HMAC-SHA512, HmacSHA512",
            "HmacSHA256, HmacSHA256",
            "SHA-256, HmacSHA256",
            "sha512, HmacSHA512"
        })
        void theHash(String suite, String expected) {
            String file = with(totp(), "<ResponseFormat", "<Suite>" + suite + "</Suite><ResponseFormat");
            assertThat(token(file).getString("hashAlgorithm")).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(strings = {"4", "-1", "+2", "0"})
        void theDriftInTimeSteps(String drift) {
            String file = with(
                    totp(),
                    "<TimeInterval>",
                    "<TimeDrift><PlainValue>" + drift + "</PlainValue></TimeDrift>"
                            + "<Time><PlainValue>0</PlainValue></Time><TimeInterval>");
            assertThat(token(file))
                    .containsEntry(
                            "totp",
                            Json.createObjectBuilder()
                                    .add("timeStep", 30)
                                    .add("drift", Integer.parseInt(drift))
                                    .build());
        }

        @Test
        void theCounter() {
            assertThat(token(with(figure(3), "<PlainValue>0<", "<PlainValue> 9223372036854775807\n<")))
                    .containsEntry(
                            "hotp",
                            Json.createObjectBuilder()
                                    .add("counter", Long.MAX_VALUE)
                                    .build());
        }

        @Test
        void whatTheOtherAlgorithmNeedsIsPassedOver() {
            String both = "<Counter><PlainValue>7</PlainValue></Counter><TimeInterval>";
            assertThat(token(with(totp(), "<TimeInterval>", both))).doesNotContainKey("hotp");
            assertThat(token(
                            with(figure(3), "<Counter>", "<TimeDrift><PlainValue>0</PlainValue></TimeDrift><Counter>")))
                    .doesNotContainKey("totp");
        }

        @ParameterizedTest
        @ValueSource(strings = {"hotp", "totp"})
        void theAlgorithmAsDraftsWroteIt(String name) {
            String file = name.equals("hotp") ? figure(3) : totp();
            assertThat(token(with(file, ":" + name, "#" + name)).getString("type"))
                    .isEqualToIgnoringCase(name);
        }

        @Test
        void extensionsAreOfNoConcern() {
            String extension = "<Extensions><x:a xmlns:x='urn:x'><Secret/></x:a></Extensions>";
            String file = with(figure(3), "</Key>", extension + "</Key>" + extension);
            file = with(file, "</KeyContainer>", extension + "</KeyContainer>");
            assertThat(token(with(file, "</Data>", "<x:more xmlns:x='urn:x'/></Data>")))
                    .isEqualTo(token(figure(3)));
        }

        @Test
        void theIdWithoutASerialNumber() {
            assertThat(token(with(figure(3), "<SerialNo>987654321</SerialNo>", ""))
                            .getString("serialNumber"))
                    .isEqualTo("12345678");
        }

        @Test
        void theRowsAreNumberedAndShowNoSecret() {
            String secret = "3132333435363738393031323334353637383930";
            String file = with(with(figure(3), ">Manufacturer<", ">R&amp;D &#65;<"), "12345678\"", secret + "\"");
            SeedRow row = rows(with(file, "UID=jsmith", "key " + secret)).get(0);
            assertThat(row.number()).isEqualTo(1);
            assertThat(row.cells())
                    .containsExactly(
                            "******", "987654321", "R&D A", "", "urn:ietf:params:xml:ns:keyprov:pskc:hotp", "******");
            assertThat(PskcRow.COLUMNS).hasSameSizeAs(row.cells());
        }

        @Test
        void theDevicesPersonWhenTheKeyHasNone() {
            String file = with(figure(3), "<UserId>UID=jsmith,DC=example-bank,DC=net</UserId>", "");
            assertThat(rows(file).get(0).cells().get(5)).isEqualTo("DC=example-bank,DC=net");
        }
    }
}
