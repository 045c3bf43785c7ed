package org.oathbound.commandline.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAlignedAndLinesHaveNoSpacesAtTheirEnds() {
        assertThat(Table.of("SERIAL", "TYPE")
                        .with(List.of(List.of("1", "HOTP"), List.of("12345678", "x")))
                        .lines())
                .containsExactly("SERIAL    TYPE", "1         HOTP", "12345678  x");
    }

    @Test
    void whatIsNotThereIsAHyphen() {
        assertThat(Table.of("A", "B", "C")
                        .with(List.of(Arrays.asList("", null, "c")))
                        .lines())
                .containsExactly("A  B  C", "-  -  c");
    }

    @Test
    void charactersCountAndNotTheirUnits() {
        assertThat(Table.of("A", "B")
                        .with(List.of(List.of("\ud83d\ude00", "b")))
                        .lines())
                .containsExactly("A  B", "\ud83d\ude00  b");
    }

    @Test
    void nothingInACellBreaksTheLineOrMovesTheCursor() {
        assertThat(Table.of("A").with(List.of(List.of("x\n\u001b[2J\u202ey"))).lines())
                .containsExactly("A", "x??[2J?y");
    }
}
