package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Format;
import org.oathbound.seedfile.entity.Hints;

class SeedFilesTest {

    private static final Hints TOLD = new Hints(null, "HOTP", 6, null, null);

    @ParameterizedTest
    @CsvSource({
        "OATH_CSV, key",
        "PINGID_TEXT, secret",
        "PRIVACYIDEA_CSV, owner",
        "YUBICO_CSV, event",
        "FREEIPA_LDIF, ipatokenOwner",
        "SAFEWORD_DAT, sccTokenType",
        "PINGDIRECTORY_LDIF, uid"
    })
    void eachFormatHasItsReader(Format format, String column) {
        assertThat(Rows.of(SeedFiles.of(format, TOLD, new FileKey.None()), "").columns)
                .contains(column);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PSKC", "SAFENET_XML"})
    void noneReadsWhatIsNotUtf8(Format format) {
        SeedFile file = SeedFiles.of(format, TOLD, new FileKey.None());
        assertThatThrownBy(() -> Rows.of(file, new byte[] {'a', ',', (byte) 0xE4, '\n'}))
                .isInstanceOf(Problem.InvalidRequest.class)
                .hasMessageContaining("Line 1 ");
    }
}
