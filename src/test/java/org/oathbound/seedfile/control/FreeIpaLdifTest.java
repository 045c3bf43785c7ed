package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.seedfile.control.Rows.json;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SecretEncoding;

class FreeIpaLdifTest {

    private static final String HEX = "c3028a1f00e5b7d6a1f3c3028a1f00e5b7d6a1f3";
    private static final String BASE64 =
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
    private static final String OWNER = "uid=jane,cn=users,cn=accounts,dc=example,dc=com";

    private static final String TOTP = """
            dn: ipatokenuniqueid=u-1,cn=otp,dc=example,dc=com
            objectClass: top
            objectClass: ipatoken
            objectClass: ipatokentotp
            ipatokenUniqueID: u-1
            ipatokenOTPkey:: %s
            ipatokenOTPalgorithm: sha256
            ipatokenOTPdigits: 6
            ipatokenTOTPtimeStep: 30
            ipatokenTOTPclockOffset: 0
            """.formatted(BASE64);

    private static final String HOTP = """
            dn: ipatokenuniqueid=u-2,cn=otp,dc=example,dc=com
            objectClass: ipaTokenHOTP
            ipatokenUniqueID: u-2
            ipatokenOTPkey:: %s
            ipatokenOTPdigits: 8
            ipatokenHOTPcounter: 17
            """.formatted(BASE64);

    @Nested
    @DisplayName("ipatoken… entries become tokens, others none")
    class Tokens {

        @Test
        void totpWithItsDriftEvenWhenItIsZero() {
            Rows rows = read(TOTP);
            assertThat(rows.columns).startsWith("ipatokenUniqueID", "ipatokenSerial", "ipatokenOwner");
            assertThat(rows.token())
                    .isEqualTo(json("{\"serialNumber\":\"u-1\",\"secret\":\"" + HEX
                            + "\",\"otpLength\":6,\"hashAlgorithm\":\"HmacSHA256\",\"type\":\"TOTP\",\"rowNumber\":1,"
                            + "\"totp\":{\"timeStep\":30,\"drift\":0}}"));
            assertThat(rows.only().owner()).isNull();
        }

        @Test
        void hotpWithItsCounterWhichIsTheNextOne() {
            assertThat(read(HOTP).token())
                    .isEqualTo(json("{\"serialNumber\":\"u-2\",\"secret\":\"" + HEX
                            + "\",\"otpLength\":8,\"type\":\"HOTP\",\"hotp\":{\"counter\":17},\"rowNumber\":1}"));
        }

        @Test
        void whatElseTheEntryTells() {
            Rows rows = read(TOTP + """
                    ipatokenSerial: FOB-7
                    ipatokenVendor: Example
                    ipatokenModel: One
                    ipatokenNotAfter: 20301231235959Z
                    ipatokenTOTPwatermark: 57000000
                    """);
            assertThat(rows.token().getString("serialNumber")).isEqualTo("FOB-7");
            assertThat(rows.token().getString("manufacturer")).isEqualTo("Example");
            assertThat(rows.token().getString("model")).isEqualTo("One");
            assertThat(rows.token().getString("validUntil")).isEqualTo("2030-12-31T23:59:59Z");
            assertThat(rows.only().cells()).containsExactly("u-1", "FOB-7", "", "", "Example", "One");
        }

        @Test
        void otherEntriesArePassedOver() {
            Rows rows = read("""
                    version: 1

                    # what ldapsearch says
                    #  at length
                     and folded
                    dn: cn=otp,dc=example,dc=com
                    objectClass: nsContainer

                    dn: uid=jane,cn=users,cn=accounts,dc=example,dc=com
                    objectClass: person
                    jpegPhoto:: %s

                    %s
                    search: 2
                    result: 0 Success
                    """.formatted("/9j/4AAQ".repeat(20_000), HOTP));
            assertThat(rows.numbers()).containsExactly(13);
            assertThat(rows.good()).containsExactly(13);
        }

        @Test
        void valuesMayBeWrappedAnywhere() {
            String wrapped = TOTP.replace("ipatokenOTPkey", "ipato\n kenOTPkey")
                    .replace(BASE64, BASE64.substring(0, 9) + "\n " + BASE64.substring(9))
                    .replace("\n", "\r\n");
            assertThat(read(wrapped).token().getString("secret")).isEqualTo(HEX);
        }

        @Test
        void aKeyWhoseBytesAreTextIsTakenAsItIs() {
            String entry = TOTP.replace(":: " + BASE64, ": 12345678901234567890");
            assertThat(read(entry).token().getString("secret")).isEqualTo("3132333435363738393031323334353637383930");
        }

        @Test
        void unlessTheClientSaysThatItIsText() {
            Hints base32 = new Hints(SecretEncoding.BASE32, null, null, null, null);
            String text = Base64.getEncoder().encodeToString("GEZDGNBV".getBytes(StandardCharsets.US_ASCII));
            assertThat(Rows.of(new FreeIpaLdif(base32), TOTP.replace(BASE64, text))
                            .token()
                            .getString("secret"))
                    .isEqualTo("3132333435");
        }
    }

    @Nested
    @DisplayName("ipatokenTOTPclockOffset is what the token is ahead, in seconds")
    class ClockOffset {

        @ParameterizedTest
        @CsvSource({
            "60, 30, 2",
            "-90, 30, -3",
            "60, 60, 1",
            "44, 30, 1",
            "45, 30, 2",
            "-44, 30, -1",
            "14, 30, 0",
            "1800, 30, 60",
            "-28800, 30, -960"
        })
        void inTimeSteps(int seconds, int step, int drift) {
            String entry = TOTP.replace("clockOffset: 0", "clockOffset: " + seconds)
                    .replace("timeStep: 30", "timeStep: " + step);
            assertThat(read(entry).token().getJsonObject("totp").getInt("drift"))
                    .isEqualTo(drift);
        }

        @ParameterizedTest
        @ValueSource(strings = {"30000030", "-30000030", "999999999", "x", "1.5", "99999999999"})
        void oneThatNoTokenCanHaveIsAFault(String seconds) {
            assertThat(read(TOTP.replace("clockOffset: 0", "clockOffset: " + seconds))
                            .targets())
                    .containsExactly("totp.drift");
        }
    }

    @Nested
    @DisplayName("Whose it is, and whether it may be used")
    class Owners {

        @ParameterizedTest
        @CsvSource({"FALSE,ACTIVE", "TRUE,BLOCKED", "true,BLOCKED"})
        void theOwnersUid(String disabled, Owner.Status status) {
            Rows rows = read(TOTP + "ipatokenOwner: " + OWNER + "\nipatokenDisabled: " + disabled + "\n");
            assertThat(rows.only().owner()).isEqualTo(new Owner("jane", status));
        }

        @Test
        void aDisabledTokenThatIsNobodysDoesNotComeBackToLife() {
            assertThat(read(TOTP + "ipatokenDisabled: TRUE\n").faults()).contains("disabled");
        }

        @ParameterizedTest
        @ValueSource(strings = {"cn=jane,dc=example", "jane", "uid=a+cn=b,dc=example", ",,"})
        void anOwnerWithoutUidIsAFault(String dn) {
            assertThat(read(TOTP + "ipatokenOwner: " + dn + "\n").targets()).containsExactly("username");
        }

        @Test
        void fromWhenAndUntilWhenItsCodesAreGood() {
            Rows rows = read(TOTP + "ipatokenNotBefore: 20260101000001Z\nipatokenNotAfter: 20300101000000Z\n");
            assertThat(rows.token().getString("validFrom")).isEqualTo("2026-01-01T00:00:01Z");
            assertThat(rows.token().getString("validUntil")).isEqualTo("2030-01-01T00:00:00Z");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ipatokenNotBefore", "ipatokenNotAfter"})
        void aTimeThatIsNoneIsAFault(String attribute) {
            assertThat(read(TOTP + attribute + ": tomorrow\n").faults()).contains(attribute, "generalized time");
        }
    }

    @Nested
    @DisplayName("A bad record is a faulty row and the others go on")
    class Faults {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "dn: ipatokenUniqueID=x\nipatokenOTPkey:: not*base64\n",
                    "objectClass: ipatokentotp\nipatokenUniqueID: x\n",
                    "dn: ipatokenUniqueID=x\nno colon at all\n",
                    "no colon\n continued: what?\n",
                    "dn: ipatokenUniqueID=x\nchangetype: add\nobjectClass: ipatokentotp\n",
                    "dn: ipatokenUniqueID=x\nobjectClass: ipatokentotp\nipatokenVendor:< file:///etc/hostname\n",
                    "dn: ipatokenUniqueID=x\nobjectClass: ipatokentotp\nipatokenVen\n dor\n :\n <file:/etc/hostname\n"
                })
        void whateverIsWrongWithIt(String bad) {
            Rows rows = read("# comment\n # folded\n#\n" + bad + "\n" + HOTP);
            assertThat(rows.all).hasSize(2);
            assertThat(rows.all.get(0).number()).isEqualTo(4);
            assertThat(rows.all.get(0).faults()).hasSize(1);
            assertThat(rows.all.get(1).faults()).isEmpty();
        }

        @Test
        void aFileOfTheServerIsNeverRead() {
            String url = "dn: ipatokenUniqueID=x\nobjectClass: ipatokentotp\nipatokenVendor:< file:///etc/hostname\n";
            assertThat(read(url).faults()).contains("another file");
            // In an attribute that is not wanted it is not even looked at.
            assertThat(read(HOTP + "description:< file:///etc/hostname\n").good())
                    .containsExactly(1);
        }

        @Test
        void aLineThatIsTooLong() {
            Rows rows = read(TOTP + "ipatokenVendor: " + "x".repeat(RowLimit.BYTES) + "\n\n" + HOTP);
            assertThat(rows.numbers()).containsExactly(1, 13);
            assertThat(Rows.faults(rows.all.get(0))).contains("larger than");
            assertThat(rows.good()).containsExactly(13);
        }

        @ParameterizedTest
        @CsvSource({
            "ipatokenOTPkey:: , x:: , secret",
            "ipatokenOTPalgorithm: sha256, ipatokenOTPalgorithm: sha384, hashAlgorithm",
            "ipatokenOTPdigits: 6, description: x, otpLength",
            "ipatokenTOTPtimeStep: 30, description: x, totp.timeStep",
            "ipatokenUniqueID: u-1, description: x, serialNumber"
        })
        void byTheMemberItIsAbout(String line, String instead, String target) {
            assertThat(read(TOTP.replace(line, instead)).targets()).containsExactly(target);
        }

        @Test
        void anHotpTokenWithoutItsCounterWouldBeginAgain() {
            assertThat(read(HOTP.replace("ipatokenHOTPcounter: 17\n", "")).targets())
                    .containsExactly("hotp.counter");
        }

        @Test
        void twoValuesWhereOneBelongs() {
            assertThat(read(HOTP + "ipatokenHOTPcounter: 18\n").faults()).contains("more than one ipatokenHOTPcounter");
        }

        @Test
        void butAParameterThatSaysOtherwiseIsNone() {
            Hints sixty = new Hints(null, null, null, 60, null);
            assertThat(Rows.of(new FreeIpaLdif(sixty), TOTP)
                            .token()
                            .getJsonObject("totp")
                            .getInt("timeStep"))
                    .isEqualTo(30);
        }
    }

    private static Rows read(String text) {
        return Rows.of(new FreeIpaLdif(Hints.NONE), text);
    }
}
