package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class YubicoCsvFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("LOGGING START,t\nOATH-HOTP,t,1,cccccccccccb,,3132333435363738393031323334353637383930,,,0,0,0,6,0,0,0,0,0,0\n", "508326,,0,3132333435363738393031323334353637383930,,2013-12-12T08:41:07,\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new YubicoCsv(new Hints(null, null, 6, null, null)), file);
    }
}
