package org.oathbound.report.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class ExportFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"password\":\"correct horse battery\"}",
                "{\"key\":\"000102030405060708090a0b0c0d0e0f\"}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(input, ExportDocument::read);
    }
}
