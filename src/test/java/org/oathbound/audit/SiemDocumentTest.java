package org.oathbound.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/siem.md")
class SiemDocumentTest {

    @Test
    void hasEachActionWithItsMeaningInTheirOrder() throws IOException {
        String section = Files.readString(Path.of("docs/siem.md")).split("\n## ", -1)[2];
        assertThat(section).startsWith("What can happen");
        List<String> table = section.lines()
                .filter(line -> line.matches("\\| `[a-zA-Z]+\\.[a-zA-Z]+` \\| .*"))
                .toList();
        assertThat(table)
                .isEqualTo(Arrays.stream(Action.values())
                        .map(action -> "| `" + action + "` | " + action.meaning() + " |")
                        .toList());
    }
}
