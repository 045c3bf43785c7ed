package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.seedfile.control.Rows.json;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;

@Tag("slow")
class PingDirectoryLdifTest {

    private static final String PERSON = """
            dn: uid=jane,ou=People,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: jane
            cn: Jane
            """;
    private static final String SECRET = "ds-auth-totp-shared-secret: ";

    @Test
    void eachValueIsAnAuthenticatorAppOfThePerson() {
        Rows rows = read(PERSON + SECRET + "MZXW6YTBOI\n" + SECRET + "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n");
        assertThat(rows.columns).containsExactly("dn", "uid", "ds-auth-totp-shared-secret");
        assertThat(rows.token(0))
                .isEqualTo(json("{\"secret\":\"666f6f626172\",\"type\":\"TOTP\",\"otpLength\":6,"
                        + "\"hashAlgorithm\":\"HmacSHA1\",\"rowNumber\":1,\"totp\":{\"timeStep\":30}}"));
        assertThat(rows.token(1).getString("secret")).isEqualTo("3132333435363738393031323334353637383930");
        assertThat(rows.all).allSatisfy(row -> {
            assertThat(row.owner()).isEqualTo(new Owner("jane", Owner.Status.ACTIVE));
            assertThat(row.number()).isEqualTo(1);
        });
        assertThat(rows.all.get(1).cells()).containsExactly("uid=jane,ou=People,dc=example,dc=com", "jane", "GE******");
        assertThat(rows.all.get(0).cells()).contains("******");
    }

    @Test
    void peopleWithoutAnyAndOtherEntriesMakeNone() {
        assertThat(read("dn: dc=example,dc=com\nobjectClass: domain\n\n" + PERSON).all)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{AES}QUFBQUFBQUFB", "{SSHA}x", "{aes-256}=="})
    void anEncryptedValueIsSaidToBeThat(String value) {
        Rows rows = read(PERSON + SECRET + value + "\n\n" + PERSON + SECRET + "MZXW6YTB\n");
        assertThat(Rows.targets(rows.all.get(0))).containsExactly("secret");
        assertThat(Rows.faults(rows.all.get(0))).contains("encrypted").doesNotContain(value);
        assertThat(rows.good()).containsExactly(7);
    }

    @Test
    void aPersonWithoutUidIsAFault() {
        assertThat(read(PERSON.replace("uid: jane\n", "") + SECRET + "MZXW6YTB\n")
                        .targets())
                .containsExactly("username");
    }

    @Test
    void whatIsNoBase32IsAFault() {
        assertThat(read(PERSON + SECRET + "0189\n").targets()).containsExactly("secret");
    }

    @Test
    void aParameterDoesNotChangeWhatTheFormatSays() {
        Hints sixty = new Hints(null, null, null, 60, null);
        assertThat(Rows.of(new PingDirectoryLdif(sixty), PERSON + SECRET + "MZXW6YTB\n")
                        .token()
                        .getJsonObject("totp")
                        .getInt("timeStep"))
                .isEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET + "MZXW6YTB\n", " MZXW6YTB\n", "MZXW6YTB", "jpegPhoto:: AAAA\n", "#"})
    void aRecordThatIsTooLargeIsReadWithoutBeingHeld(String more) {
        String large = PERSON + SECRET + more.repeat(500_000) + "\n\n" + PERSON + SECRET + "MZXW6YTB\n";
        Rows rows = read(large);
        assertThat(rows.all).hasSize(2);
        assertThat(rows.all.get(1).faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version\n : 1\n", "version\n :", "uid: jane\n", "dn;x: dc=example\n", "-\n"})
    void aRecordWithoutADnIsNoEntry(String record) {
        Rows rows = read(record + "\n\n" + PERSON + SECRET + "MZXW6YTB\n");
        assertThat(Rows.faults(rows.all.get(0))).contains("The record is no LDIF entry.");
        assertThat(rows.all).hasSize(2);
        assertThat(rows.all.get(1).faults()).isEmpty();
    }

    private static Rows read(String text) {
        return Rows.of(new PingDirectoryLdif(Hints.NONE), text);
    }
}
