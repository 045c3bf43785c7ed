package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.seedfile.control.PskcSample.CLEAR;
import static org.oathbound.seedfile.control.PskcSample.SECRET;
import static org.oathbound.seedfile.control.PskcSample.figure;
import static org.oathbound.seedfile.control.PskcSample.key;
import static org.oathbound.seedfile.control.PskcSample.rows;
import static org.oathbound.seedfile.control.PskcSample.token;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
import org.oathbound.seedfile.SeedTokens;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

@DisplayName("The figures of RFC 6030")
@Tag("slow")
class PskcFiguresTest {

    private static final FileKey PASSWORD = new FileKey.Password("qwerty");

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    @Test
    void figure2HasNoLengthAndItHasToBeGiven() {
        assertThat(rows(figure(2)).get(0).faults()).extracting(Detail::target).containsExactly("otpLength");
        assertThat(token(figure(2), new Hints(null, null, 6, null, null), CLEAR))
                .isEqualTo(json(
                        "{'serialNumber':'12345678','type':'HOTP','otpLength':6,'secret':'31323334','rowNumber':1}"));
    }

    @Test
    void figure3HasADevice() {
        SeedRow row = rows(figure(3)).get(0);
        assertThat(SeedTokens.json(Objects.requireNonNull(row.token())))
                .isEqualTo(json("{'serialNumber':'987654321','manufacturer':'Manufacturer','type':'HOTP','otpLength':8,"
                        + "'secret':'" + SECRET + "','hotp':{'counter':0},'rowNumber':1}"));
        assertThat(row.cells())
                .containsExactly(
                        "12345678",
                        "987654321",
                        "Manufacturer",
                        "",
                        "urn:ietf:params:xml:ns:keyprov:pskc:hotp",
                        "UID=jsmith,DC=example-bank,DC=net");
        assertThat(row.owner()).isNull();
    }

    @Test
    void figure4RefersToAKeyElsewhere() {
        assertThat(rows(figure(4)).get(0).faults())
                .extracting(Detail::message)
                .containsExactly("The key refers to others that are not in the file (KeyProfileId, KeyReference).");
    }

    @Test
    void figure5HasAKeyWithAPinAndThePin() {
        List<SeedRow> rows = rows(figure(5));
        assertThat(rows).extracting(SeedRow::number).containsExactly(1, 2);
        assertThat(Objects.requireNonNull(rows.get(0).token()).secret()).isEqualTo(SECRET);
        assertThat(rows.get(1).faults())
                .extracting(Detail::message)
                .containsExactly("The key is for another algorithm than HOTP and TOTP.");
    }

    @Test
    void figure6IsEncryptedWithASharedKey() {
        assertThat(token(figure(6), Hints.NONE, key()))
                .isEqualTo(json("{'serialNumber':'987654321','manufacturer':'Manufacturer','type':'HOTP','otpLength':8,"
                        + "'secret':'" + SECRET + "','hotp':{'counter':0},'rowNumber':1}"));
    }

    @Test
    void figure7IsEncryptedWithAPassword() {
        assertThat(token(figure(7), Hints.NONE, PASSWORD))
                .isEqualTo(json("{'serialNumber':'987654321','manufacturer':'TokenVendorAcme','type':'HOTP',"
                        + "'otpLength':8,'secret':'" + SECRET + "','rowNumber':1}"));
    }

    @Test
    void figure8IsEncryptedForACertificate() {
        assertThat(rows(figure(8), Hints.NONE, key()).get(0).faults())
                .extracting(Detail::message)
                .containsExactly(
                        "The value is encrypted with a public key; only keys of AES and passwords are supported.");
    }

    @Test
    void figure9IsSigned() {
        assertThat(token(figure(9)))
                .containsEntry("serialNumber", Json.createValue("0755225266"))
                .containsEntry("secret", Json.createValue(SECRET));
    }

    @Test
    void figure10HasManyKeys() {
        List<SeedRow> rows = rows(figure(10));
        assertThat(rows)
                .extracting(SeedRow::token)
                .extracting(token -> token.serialNumber() + " " + token.validUntil())
                .containsExactly(
                        "654321 2006-05-31T00:00:00Z",
                        "123456 2006-05-31T00:00:00Z",
                        "9999999 2006-03-31T00:00:00Z",
                        "9999999 2006-04-30T00:00:00Z");
        assertThat(rows).extracting(SeedRow::number).containsExactly(1, 2, 3, 4);
    }

    @Nested
    @DisplayName("are read as others read them")
    class Others {

        @BeforeAll
        static void needsThem() {
            PskcTools.mustBeThere();
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
                2, plain, -
                3, plain, -
                6, key, 12345678901234567890123456789012
                7, password, qwerty
                9, plain, -
                10, plain, -
                """)
        void byPythonPskc(int figure, String how, String text) {
            FileKey key = how.equals("key") ? key(text) : how.equals("password") ? new FileKey.Password(text) : CLEAR;
            Hints hints = figure == 2 ? new Hints(null, null, 6, null, null) : Hints.NONE;
            List<String> ours = new ArrayList<>();
            for (JsonObject token : PskcSample.tokens(figure(figure), hints, key)) {
                ours.add(token.getString("serialNumber") + "|" + token.getString("secret") + "|"
                        + token.getString("type").toLowerCase(Locale.ROOT));
            }
            List<String> theirs = PskcTools.read(bytes(figure(figure)), how, text);
            assertThat(theirs).hasSameSizeAs(ours).isNotEmpty();
            for (int i = 0; i < ours.size(); i++) {
                assertThat(theirs.get(i)).startsWith(ours.get(i) + "|");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {3, 10})
        void byPskctool(int figure) {
            List<String> ours = PskcSample.tokens(figure(figure), Hints.NONE, CLEAR).stream()
                    .map(token -> token.getString("secret"))
                    .map(secret ->
                            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(secret)))
                    .toList();
            assertThat(PskcTools.secrets(bytes(figure(figure)))).isEqualTo(ours).isNotEmpty();
        }

        private static byte[] bytes(String file) {
            return file.getBytes(StandardCharsets.UTF_8);
        }
    }
}
