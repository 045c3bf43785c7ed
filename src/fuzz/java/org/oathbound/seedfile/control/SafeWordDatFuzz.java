package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class SafeWordDatFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("# records\ndn: sccAuthenticatorId=F1\nsccAuthenticatorId: F1\nsccTokenType: x\nsccTokenData: sccKey=D0BC5660E0C87A823F343965D04E90FF33C623BD;sccMode=E;sccPwLen=6;sccVer=6.20;\n\n", "dn: sccAuthenticatorId=F1\nsccAuthenticatorId: F1\nsccTokenData: sccKey=D0BC;sccMode=T;sccTick=30;crypto=HmacSHA256;\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new SafeWordDat(Hints.NONE), file);
    }
}
