package org.oathbound.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BaseTreeTest {

    /** What begins today needs no upgrade. */
    @Test
    void hasTheLatestFormat() throws IOException, LDIFException {
        try (LDIFReader reader = new LDIFReader("ldif/30-base-tree.ldif")) {
            assertThat(reader.readEntry().getAttributeValueAsInteger(Schema.FORMAT))
                    .isEqualTo(DataFormat.LATEST);
        }
    }
}
