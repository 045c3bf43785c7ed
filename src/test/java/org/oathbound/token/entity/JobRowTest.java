package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The mark of a job's row is its job and its place")
class JobRowTest {

    private static final JobRow ROW = new JobRow(UUID.fromString("fb8583a6-ac7a-4954-b321-092752936f3c"), 17);

    @Test
    void isWrittenWithASpaceBetween() {
        assertThat(ROW).hasToString("fb8583a6-ac7a-4954-b321-092752936f3c 17");
    }

    @Test
    void isReadAsItIsWritten() {
        assertThat(JobRow.parse(ROW.toString())).isEqualTo(ROW);
    }
}
