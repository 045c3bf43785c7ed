package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class SafeNetXmlFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("<Tokens><Token serial=\"00210001A5\"><Model>101</Model><ProductName>Pass fob</ProductName><Applications><Application><Seed>f4a130a6eac0340e7b33e0bb8b1a3e521c3421bc</Seed><MovingFactor>1</MovingFactor><OTPLength>6</OTPLength></Application></Applications></Token></Tokens>");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new SafeNetXml(Hints.NONE), file);
    }
}
