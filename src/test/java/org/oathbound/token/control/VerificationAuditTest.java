package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.audit.AuditFixture;
import org.oathbound.audit.Heard;
import org.oathbound.directory.Schema;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict;

@DisplayName("Every judgement is a line, and so is what does not open")
@Tag("slow")
class VerificationAuditTest {

    private static final SharedSecret OTHER = SharedSecret.ofHex("00112233445566778899AABBCCDDEEFF00112233");

    private final Heard heard = new Heard();
    private Verification verification;

    @BeforeEach
    void start(@TempDir Path data) {
        verification = new Verification(data);
        verification.tell(heard);
    }

    @AfterEach
    void stop() {
        verification.close();
    }

    private void verify(TokenId id, Passcode code) {
        verification.verify(id, code);
    }

    private void assertRefusedAndTold(TokenId id) {
        heard.told().clear();
        assertThatThrownBy(() -> verify(id, Verification.code(0))).isInstanceOf(Problem.Corrupt.class);
        assertThat(heard.texts())
                .containsExactly("entry.corrupt refused DOES_NOT_OPEN", "oathToken.verify failure CORRUPT");
        assertThat(heard.told())
                .allMatch(told -> id.toString().equals(told.event().object()))
                .allMatch(told ->
                        verification.environment().id().equals(told.event().environment()));
    }

    private String secret(TokenId id) {
        return verification.entry(id).getAttributeValue(Schema.SECRET);
    }

    @Test
    void withTheTokenAndWhoseItIsAndNeverTheCode() {
        TokenId id = verification.fob("A1", new Counter(0));
        verify(id, Verification.code(0));
        verify(id, Verification.wrong());
        verify(id, Verification.code(50));
        assertThat(heard.texts())
                .containsExactly(
                        "oathToken.verify accepted",
                        "oathToken.verify rejected NO_MATCH",
                        "oathToken.verify needs-next");
        assertThat(heard.told())
                .allMatch(told -> id.toString().equals(told.event().object()))
                .allMatch(told -> Verification.PERSON.equals(told.event().person()))
                .allMatch(told -> Verification.DEVICE.equals(told.event().device()));
        assertThat(heard.told().toString().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ""))
                .doesNotContain(
                        Verification.code(0).text(),
                        Verification.wrong().text(),
                        Verification.code(50).text());
    }

    @Test
    void alsoWhereTheTokenIsLocked() {
        TokenId id = verification.fob("A1", new Counter(0));
        for (int i = 0; i < 3; i++) {
            verify(id, Verification.wrong());
        }
        verify(id, Verification.code(0));
        assertThat(heard.last().text()).isEqualTo("oathToken.verify locked");
    }

    @Test
    void ofAResynchronisationToo() {
        TokenId id = verification.fob("A1", new Counter(0));
        verification
                .verifier()
                .resynchronise(
                        verification.environment(), id, any -> true, Verification.code(20), Verification.code(21));
        assertThat(heard.texts()).containsExactly("oathToken.verify accepted");
        assertThat(heard.last().event().person()).isEqualTo(Verification.PERSON);
    }

    @Test
    void andWithoutALineNobodyHasAVerdict() {
        TokenId id = verification.fob("A1", new Counter(0));
        heard.fail();
        assertThatThrownBy(() -> verify(id, Verification.code(0))).isInstanceOf(Problem.Unavailable.class);
        assertThatThrownBy(() -> verify(id, Verification.wrong())).isInstanceOf(Problem.Unavailable.class);
        heard.recover();
        assertThat(verification.verify(id, Verification.code(0))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void orWhereTheDirectoryTakesNoWrite() throws Exception {
        TokenId id = verification.fob("A1", new Counter(0));
        verification.failDisk();
        assertThatThrownBy(() -> verify(id, Verification.code(0))).isInstanceOf(Problem.Unavailable.class);
        assertThat(heard.texts()).containsExactly("oathToken.verify failure UNAVAILABLE");
    }

    @Nested
    @DisplayName(
            "Two secrets swapped in LDAP, a flipped bit, an entry of a former life: refused, and the audit says so")
    class Tampered {

        @Test
        void twoSecretsSwapped() {
            TokenId own = verification.fob("A1", new Counter(0));
            TokenId other = verification.fob("A2", OTHER, HashAlgorithm.SHA_1, 6, new Counter(0));
            String ownSecret = secret(own);
            String otherSecret = secret(other);
            verification.replaceUnseen(own, Schema.SECRET, otherSecret);
            verification.replaceUnseen(other, Schema.SECRET, ownSecret);
            assertRefusedAndTold(own);
            assertRefusedAndTold(other);
        }

        @Test
        void aFlippedBit() {
            TokenId id = verification.fob("A1", new Counter(0));
            String sealed = secret(id);
            int place = sealed.lastIndexOf('.') - 3;
            char flipped = sealed.charAt(place) == 'A' ? 'B' : 'A';
            verification.replaceUnseen(
                    id, Schema.SECRET, sealed.substring(0, place) + flipped + sealed.substring(place + 1));
            assertRefusedAndTold(id);
        }

        @Test
        void theSecretOfAFormerLife() {
            TokenId id = verification.fob("A1", OTHER, HashAlgorithm.SHA_1, 6, new Counter(0));
            String former = secret(id);
            verification.tokens().revoke(verification.environment(), id);
            TokenId again = verification.fob("A1", new Counter(0));
            assertThat(again).isEqualTo(id);
            verification.replaceUnseen(id, Schema.SECRET, former);
            assertRefusedAndTold(id);
        }

        @Test
        void theWholeEntryOfAFormerLifeWithItsCounter() {
            TokenId id = verification.fob("A1", new Counter(0));
            ReadOnlyEntry before = verification.entry(id);
            TokenId other = verification.fob("A2", OTHER, HashAlgorithm.SHA_1, 6, new Counter(0));
            verification.replaceUnseen(other, Schema.SECRET, before.getAttributeValue(Schema.SECRET));
            verification.replaceUnseen(other, Schema.LIFE, before.getAttributeValue(Schema.LIFE));
            assertRefusedAndTold(other);
        }
    }

    @Test
    @DisplayName("No code and no secret is in the files, after many verifications")
    void noCodeAndNoSecretIsInTheFiles(@TempDir Path folder) throws Exception {
        AuditFixture audit = new AuditFixture(folder, verification.clock);
        verification.tell(audit.trail());
        TokenId id = verification.fob("A1", new Counter(0));
        for (int i = 0; i < 200; i++) {
            verification.verify(id, Verification.code(i), Purpose.SIGN_ON);
        }
        verification.replaceUnseen(id, Schema.SECRET, secret(id) + "x");
        assertThatThrownBy(() -> verify(id, Verification.code(200))).isInstanceOf(Problem.Corrupt.class);
        String lines = String.join("\n", audit.lines())
                .replaceAll("\"(time|hash|previous|environment|object|person|device)\":\"[^\"]*\"", "");
        for (int i = 0; i <= 200; i++) {
            assertThat(lines).doesNotContain(Verification.code(i).text());
        }
        assertThat(lines.toUpperCase(java.util.Locale.ROOT)).doesNotContain("6EBD59F71A634C48");
        assertThat(String.join("", audit.lines())).doesNotContain(secret(id));
        assertThat(audit.verify().lines()).isEqualTo(203);
        audit.trail().close();
    }
}
