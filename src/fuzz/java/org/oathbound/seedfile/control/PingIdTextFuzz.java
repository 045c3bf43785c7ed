package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class PingIdTextFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("A1,3132333435363738393031323334353637383930,15\nA2,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new PingIdText(new Hints(null, "HOTP", 6, null, null)), file);
        Fuzzed.read(new PingIdText(Fuzzed.TOLD), file);
    }
}
