package org.oathbound.commandline.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The summary of a job counts rows, each once, and lists each that did not go in as it says")
class RowSummaryTest {

    private static RowSummary of(String result) {
        try {
            return new RowSummary(new ObjectMapper().readTree("{\"result\":" + result.replace('\'', '"') + "}"));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static final RowSummary MANY = of("""
            {'created': 5,
             'duplicates': [
               {'rowNumber': 3, 'serialNumber': 'A3', 'existing': 'OTHER_KEY'},
               {'rowNumber': 4, 'serialNumber': 'A4', 'existing': 'SAME'}],
             'errors': [
               {'rowNumber': 2, 'serialNumber': 'A2', 'target': 'type', 'message': 'Say it by the parameter type.'},
               {'rowNumber': 2, 'serialNumber': 'A2', 'target': 'otpLength', 'message': 'Say it by the parameter otpLength.'},
               {'rowNumber': 9, 'serialNumber': 'A9', 'target': 'username',
                'message': 'There is no such user. The token went to stock.', 'inStock': true}]}
            """);

    @Test
    void whatEachCameTo() {
        assertThat(MANY.text())
                .isEqualTo("Rows: 5 created, 1 of them in stock, not paired, 1 there already,"
                        + " 1 taken already (another key), 1 faulty.");
    }

    @Test
    void allFaultsOfARowStandTogetherAndNameThisProgramsOptions() {
        assertThat(MANY.notRight().getFirst())
                .isEqualTo(List.of(
                        "2", "A2", "type: Say it by the option --type. otpLength: Say it by the option --otp-length."));
        assertThat(MANY.notRight())
                .extracting(row -> row.getFirst() + " " + row.get(1))
                .containsExactly("2 A2", "3 A3", "4 A4", "9 A9");
    }

    @Test
    void ofOtherJobsToo() {
        assertThat(of("{'revoked': 2, 'paired': ['a', 'b', 'c']}").text())
                .isEqualTo("Rows: 2 revoked, 3 left alone, for somebody has them.");
        assertThat(of("{'pairsCreated': 1200}").text()).isEqualTo("Rows: 1,200 paired.");
        assertThat(of("{'pairsRemoved': 7}").text()).isEqualTo("Rows: 7 unpaired.");
        assertThat(of("{}").notRight()).isEmpty();
    }
}
