package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class PrivacyIdeaCsvFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("jane@corp, T1, 3132333435363738393031323334353637383930, totp, 6, 30\nn/a, H1, GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ, hotp, 8\n@, T2, x, totp, 6, None\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new PrivacyIdeaCsv(Hints.NONE), file);
        Fuzzed.read(new PrivacyIdeaCsv(Fuzzed.TOLD), file);
    }
}
