package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class OathCsvFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("\uFEFF# version: 2\r\njane,ldap,corp,T1,3132333435363738393031323334353637383930,totp,6,30\r\n", "serial;key;type;length\n\"H1\";GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ;HOTP;6;7;sha1\n", "H1,ABCDEF234567ABCDEF234567,hotp,6,\nH2,\"x\"y\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new OathCsv(Hints.NONE), file);
        Fuzzed.read(new OathCsv(Fuzzed.TOLD), file);
    }
}
