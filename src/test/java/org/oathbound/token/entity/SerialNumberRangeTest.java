package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Faults;

@DisplayName("A range has the serial numbers of one length from one to another, both included")
class SerialNumberRangeTest {

    private final Faults faults = new Faults();

    private @Nullable SerialNumberRange range(String from, String to) {
        return SerialNumberRange.read(new SerialNumber(from), new SerialNumber(to), faults);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GALT1000, true
            GALT1500, true
            galt1500, true
            GALT1999, true
            GALT0999, false
            GALT2000, false
            GALT15, false
            GALT15000, false
            """)
    void includes(String serialNumber, boolean included) {
        SerialNumberRange range = new SerialNumberRange(new SerialNumber("galt1000"), new SerialNumber("GALT1999"));
        assertThat(range.includes(new SerialNumber(serialNumber))).isEqualTo(included);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GALT1000, galt1999, GALT1
            GALT1000, GALT1000, GALT1000
            1000, 9999, ''
            """)
    void beginning(String from, String to, String beginning) {
        SerialNumberRange range = new SerialNumberRange(new SerialNumber(from), new SerialNumber(to));
        assertThat(range.beginning()).isEqualTo(beginning);
    }

    @Test
    void refusesEndsOfOtherLengths() {
        assertThat(range("GALT1", "GALT10")).isNull();
        assertThat(faults.all())
                .extracting(Detail::target, Detail::message)
                .containsExactly(tuple(
                        "to",
                        "The serial numbers of a range have the same length: GALT1 has 5 characters, GALT10 has 6."));
    }

    @Test
    void refusesAnEndBeforeTheBeginning() {
        assertThat(range("B", "A")).isNull();
        assertThat(faults.all()).extracting(Detail::message).containsExactly("The range ends before it begins.");
    }
}
