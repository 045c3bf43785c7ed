package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.seedfile.entity.Hints;

class PingIdTextFuzz {

    static Stream<byte[]> seeds() {
        return Fuzzed.seeds("A1,3132333435363738393031323334353637383930,15\nA2,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzed.DURATION)
    void anyFile(byte[] file) {
        Fuzzed.read(new PingIdText(new Hints(null, "HOTP", 6, null, null)), file);
        Fuzzed.read(new PingIdText(Fuzzed.TOLD), file);
    }
}
