package org.oathbound.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.environment.OathSettings;
import org.oathbound.environment.OathSettingsDocument;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.TokenRules;

class TokenDocumentTest {

    private static final String SECRET = "6EBD59F71A634C48C4619CD33F6C385C9237C9BA";

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    private static JsonObject hotp(String members) {
        return json("{'serialNumber':'2308734700388','secret':'" + SECRET + "','type':'HOTP','otpLength':8" + members
                + "}");
    }

    private static JsonObject totp(String members) {
        return json("{'serialNumber':'1','secret':'" + SECRET + "','type':'TOTP','otpLength':6" + members + "}");
    }

    private static NewToken read(JsonObject document) {
        return read(document, OathSettings.DEFAULT);
    }

    private static NewToken read(JsonObject document, OathSettings settings) {
        return read(document, settings, TokenRules.MINIMUM_SECRET_BITS);
    }

    private static NewToken read(JsonObject document, OathSettings settings, int minimumSecretBits) {
        return TokenRules.check(TokenDocument.read(document), settings, minimumSecretBits, null, false);
    }

    private static List<Detail> faults(JsonObject document) {
        return faults(document, OathSettings.DEFAULT);
    }

    private static List<Detail> faults(JsonObject document, OathSettings settings) {
        return catchThrowableOfType(Problem.InvalidData.class, () -> read(document, settings))
                .details();
    }

    private static List<Tuple> codesAndTargets(JsonObject document) {
        return faults(document).stream()
                .map(detail -> tuple(detail.code().name(), detail.target()))
                .toList();
    }

    @Nested
    @DisplayName("Reads what PingOne publishes")
    class Published {

        @Test
        void hotpWithItsCounter() {
            NewToken token = read(hotp(",'hotp':{'counter':456789}"));
            assertThat(token.movingFactor()).isEqualTo(new Counter(456789));
            assertThat(token.secret()).isEqualTo(SharedSecret.ofHex(SECRET));
            assertThat(token.digits()).isEqualTo(8);
            assertThat(token.algorithm()).isEqualTo(HashAlgorithm.SHA_1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ",'hotp':{}", ",'hotp':null", ",'hotp':{'counter':null}"})
        void hotpStartsAtZeroWithoutCounter(String members) {
            assertThat(read(hotp(members)).movingFactor()).isEqualTo(new Counter(0));
        }

        @Test
        void totpWithTimeStepAndHash() {
            NewToken token = read(totp(",'totp':{'timeStep':60},'hashAlgorithm':'HmacSHA512'"));
            assertThat(token.movingFactor()).isEqualTo(new TimeStep(60));
            assertThat(token.algorithm()).isEqualTo(HashAlgorithm.SHA_512);
        }

        @Test
        void ourOwnMembers() {
            NewToken.Label label = read(hotp(
                            ",'manufacturer':' Acme ','model':'K1','expiresAt':'2030-12-31T00:00:00Z','rowNumber':7"))
                    .label();
            assertThat(label).isEqualTo(new NewToken.Label(7, "Acme", "K1", Instant.parse("2030-12-31T00:00:00Z")));
        }

        @Test
        void trimsTheSerialNumberAndPassesOverWhatItDoesNotKnow() {
            JsonObject document = json("{'serialNumber':' AB1 ','secret':'" + SECRET.toLowerCase(java.util.Locale.ROOT)
                    + "','type':'HOTP','otpLength':6,'id':'x','_links':{}}");
            assertThat(read(document).serialNumber().value()).isEqualTo("AB1");
        }
    }

    @Nested
    @DisplayName("Names each fault by code and field")
    class Faults {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "none", textBlock = """
                'serialNumber':''                 | EMPTY_VALUE         | serialNumber
                'serialNumber':'  '               | EMPTY_VALUE         | serialNumber
                'serialNumber':null               | REQUIRED_VALUE      | serialNumber
                'serialNumber':5                  | INVALID_VALUE       | serialNumber
                'serialNumber':'12-3'             | INVALID_VALUE       | serialNumber
                'serialNumber':'1*'               | INVALID_VALUE       | serialNumber
                'serialNumber':'１２'              | INVALID_VALUE       | serialNumber
                'serialNumber':'123456789012345678901234567890123456789012345678901' | SIZE_LIMIT_EXCEEDED | serialNumber
                'secret':''                       | EMPTY_VALUE         | secret
                'secret':null                     | REQUIRED_VALUE      | secret
                'secret':'6EBD59F71A634C48C4619CD33F6C385C9237C9BX' | INVALID_VALUE | secret
                'secret':'6EBD59F71A634C48C4619CD33F6C385C9237C9B'  | INVALID_VALUE | secret
                'secret':'6EBD59F71A634C48'       | OUT_OF_RANGE        | secret
                'type':'OCRA'                     | INVALID_VALUE       | type
                'type':null                       | REQUIRED_VALUE      | type
                'hashAlgorithm':'HmacSHA256'      | INVALID_VALUE       | hashAlgorithm
                'hashAlgorithm':'SHA1'            | INVALID_VALUE       | hashAlgorithm
                'otpLength':7                     | INVALID_VALUE       | otpLength
                'otpLength':'6'                   | INVALID_VALUE       | otpLength
                'otpLength':null                  | REQUIRED_VALUE      | otpLength
                'otpLength':1e999999999           | INVALID_VALUE       | otpLength
                'hotp':{'counter':-1}             | OUT_OF_RANGE        | hotp.counter
                'hotp':{'counter':9007199254740992} | OUT_OF_RANGE      | hotp.counter
                'hotp':{'counter':1.5}            | INVALID_VALUE       | hotp.counter
                'hotp':{'counter':1e999999999}    | INVALID_VALUE       | hotp.counter
                'hotp':3                          | INVALID_VALUE       | hotp
                'totp':{'timeStep':30}            | CONSTRAINT_VIOLATION | totp
                'rowNumber':0                     | OUT_OF_RANGE        | rowNumber
                'manufacturer':[]                 | INVALID_VALUE       | manufacturer
                'model':'a\\u0000b'               | INVALID_VALUE       | model
                'expiresAt':'tomorrow'            | INVALID_VALUE       | expiresAt
                'expiresAt':'+1000000000-12-31T23:59:59Z' | INVALID_VALUE | expiresAt
                """)
        void ofAnHotpToken(String member, String code, String target) {
            String name = member.substring(1, member.indexOf('\'', 1));
            JsonObject document = Json.createObjectBuilder(hotp(""))
                    .add(name, json("{" + member + "}").get(name))
                    .build();
            assertThat(codesAndTargets(document)).containsExactly(tuple(code, target));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                ''                             | REQUIRED_VALUE       | totp
                ,'totp':{}                     | REQUIRED_VALUE       | totp.timeStep
                ,'totp':{'timeStep':45}        | INVALID_VALUE        | totp.timeStep
                ,'totp':{'timeStep':30.5}      | INVALID_VALUE        | totp.timeStep
                ,'totp':{'timeStep':30},'hotp':{'counter':1} | CONSTRAINT_VIOLATION | hotp
                """)
        void ofATotpToken(String members, String code, String target) {
            assertThat(codesAndTargets(totp(members.equals("''") ? "" : members)))
                    .containsExactly(tuple(code, target));
        }

        @Test
        void allAtOnce() {
            assertThat(codesAndTargets(json("{'serialNumber':'','secret':'zz','type':'TOTP','otpLength':7}")))
                    .containsExactly(
                            tuple("EMPTY_VALUE", "serialNumber"),
                            tuple("INVALID_VALUE", "secret"),
                            tuple("INVALID_VALUE", "otpLength"),
                            tuple("REQUIRED_VALUE", "totp"));
        }

        @Test
        void withoutShowingTheSecret() {
            String wrong = "6EBD59F71A634C48C4619CD33F6C385C9237C9BX";
            Throwable problem = catchThrowableOfType(
                    Problem.InvalidData.class,
                    () -> read(json("{'serialNumber':'1','type':'HOTP','otpLength':6,'secret':'" + wrong + "'}")));
            assertThat(problem.toString()).doesNotContain(wrong.substring(0, 8));
        }
    }

    @Nested
    @DisplayName("An environment says which hashes its HOTP tokens may have")
    class HotpHashes {

        private static OathSettings hashes(String names) {
            return OathSettingsDocument.read(json("{'hotp':{'hashAlgorithms':[" + names + "]}}"));
        }

        @ParameterizedTest
        @CsvSource({"HmacSHA1,SHA_1", "HmacSHA256,SHA_256", "HmacSHA512,SHA_512"})
        void takesThose(String name, HashAlgorithm algorithm) {
            JsonObject document = hotp(",'hashAlgorithm':'" + name + "'");
            assertThat(read(document, hashes("'HmacSHA512','HmacSHA256','HmacSHA1'"))
                            .algorithm())
                    .isEqualTo(algorithm);
            assertThat(read(document, hashes("'" + name + "'")).algorithm()).isEqualTo(algorithm);
        }

        @Test
        void refusesOthersAndNamesThose() {
            List<Detail> faults = faults(hotp(",'hashAlgorithm':'HmacSHA512'"), hashes("'HmacSHA1','HmacSHA256'"));
            assertThat(faults)
                    .containsExactly(new Detail(
                            DetailCode.INVALID_VALUE,
                            "hashAlgorithm",
                            "HOTP tokens may have HmacSHA1, HmacSHA256 here; the setting hotp.hashAlgorithms of"
                                    + " oathSettings permits others.",
                            Map.of("allowedValues", List.of("HmacSHA1", "HmacSHA256"))));
        }

        @Test
        void wantsOneToBeNamedWhereTheUsualOneIsNotAmongThose() {
            assertThat(faults(hotp(""), hashes("'HmacSHA256'")))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(tuple(DetailCode.REQUIRED_VALUE, "hashAlgorithm"));
            assertThat(read(hotp(""), hashes("'HmacSHA256','HmacSHA1'")).algorithm())
                    .isEqualTo(HashAlgorithm.SHA_1);
        }

        @Test
        void saysNothingOfTotp() {
            assertThat(read(totp(",'totp':{'timeStep':30}"), hashes("'HmacSHA256'"))
                            .algorithm())
                    .isEqualTo(HashAlgorithm.SHA_1);
        }
    }

    @Nested
    @DisplayName("An environment may allow - . and : inside a serial number")
    class Punctuation {

        private static final OathSettings ALLOWED = OathSettingsDocument.read(json("{'serialNumberPunctuation':true}"));

        private static JsonObject named(String serialNumber) {
            return Json.createObjectBuilder(hotp(""))
                    .add("serialNumber", serialNumber)
                    .build();
        }

        @ParameterizedTest
        @ValueSource(strings = {"GA-12.3:x", "1-2", "1--2", "1234567890.234567890:234567890-234567890.234567890"})
        void keepsItAsGiven(String serialNumber) {
            assertThat(read(named(" " + serialNumber + " "), ALLOWED)
                            .serialNumber()
                            .value())
                    .isEqualTo(serialNumber);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "1-", ".1", "1:", "-", "_1", "1_", "1 2", "1/2", "1+2", "1=2", "1\u20102"})
        void butNotAtItsEndsAndNoOther(String serialNumber) {
            assertThat(faults(named(serialNumber), ALLOWED))
                    .extracting(Detail::code, Detail::target)
                    .containsExactly(tuple(DetailCode.INVALID_VALUE, "serialNumber"));
        }

        @Test
        void tellsWhatIsAllowedHere() {
            assertThat(faults(named("1+2"), ALLOWED))
                    .extracting(Detail::innerError)
                    .containsExactly(Map.of("allowedPattern", "^[0-9A-Za-z]([-.:_0-9A-Za-z]{0,48}[0-9A-Za-z])?$"));
            assertThat(faults(named("1-2")))
                    .containsExactly(new Detail(
                            DetailCode.INVALID_VALUE,
                            "serialNumber",
                            "The serial number may have letters and digits only; the setting serialNumberPunctuation"
                                    + " of oathSettings permits - . : and _ inside.",
                            Map.of("allowedPattern", "^[0-9A-Za-z]{1,50}$")));
        }
    }

    @Nested
    @DisplayName("A job may let in shorter secrets")
    class ShortSecrets {

        @Test
        void downToItsMinimum() {
            JsonObject document =
                    json("{'serialNumber':'1','type':'HOTP','otpLength':6,'secret':'00112233445566778899'}");
            assertThat(read(document, OathSettings.DEFAULT, 80).secret().bits()).isEqualTo(80);
            assertThat(catchThrowableOfType(Problem.InvalidData.class, () -> read(document, OathSettings.DEFAULT, 88)))
                    .isNotNull();
        }
    }
}
