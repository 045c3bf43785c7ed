package org.oathbound.commandline.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+491234567", "-x", "@jane", " =x", "\t=x", "\tx", "＝x", "|x", "%x", "'=x", "''+x", "'-5"
            })
    void whatWouldStartAFormulaGetsAnApostrophe(String value) {
        assertThat(SpreadsheetCell.of(value)).isEqualTo("'" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jane", "GALT1234", "0", "-5", "'t Hooft", "''", "a=b", "5-3"})
    void anythingElseIsAsItIs(String value) {
        assertThat(SpreadsheetCell.of(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "'=x", "''=x", "-5", "'-5", "'t Hooft", "'", "x", " -x", "' -x"})
    void itCanBeReadBack(String value) {
        String written = SpreadsheetCell.of(value);
        String read = written.matches("(?Us)'+([\\s\\p{Cc}\\p{Cf}]*[-=+@＝＋－＠|%]|[\\t\\r\\n]).*")
                ? written.substring(1)
                : written;
        assertThat(read).isEqualTo(value);
    }
}
