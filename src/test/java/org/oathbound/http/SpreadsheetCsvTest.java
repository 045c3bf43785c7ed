package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1+1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "\u00a0=1",
                "＝1",
                "＋1",
                "－1",
                "＠x",
                "|calc",
                "%0A=1",
                "\ufeff=1",
                "\u200b=1",
                "\u0000=1",
                "-",
                "-1.5e3"
            })
    void noCellStartsAFormula(String cell) {
        assertThat(SpreadsheetCsv.harmless(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b", "2308734700388", "-3", "Jane Doe", "jane@example.com", "6E******", "a-b", "'x"})
    void anyOtherStaysAsItIs(String cell) {
        assertThat(SpreadsheetCsv.harmless(cell)).isEqualTo(cell);
    }

    @Test
    void everyCellIsQuotedSoThatNoneSplits() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SpreadsheetCsv csv = new SpreadsheetCsv(out, List.of("a", "b", "c", "d"));
        csv.row(List.of("a,b", "say \"x\"", "two\nlines", "=cmd"));
        csv.end();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\"a\",\"b\",\"c\",\"d\"\r\n"
                        + "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"'=cmd\"\r\n"
                        + "\"# end: 1 lines\",\"\",\"\",\"\"\r\n");
    }
}
