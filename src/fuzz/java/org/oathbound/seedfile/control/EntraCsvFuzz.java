package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;

public class EntraCsvFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("upn,serial number,secret key,time interval,manufacturer,model\njane@example.com,1,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,c,m\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new EntraCsv(Hints.NONE), file);
        Fuzzed.read(new EntraCsv(new Hints(SecretEncoding.HEX, null, null, null, null)), file);
    }
}
