package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Hints;

public class PingDirectoryLdifFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("version: 1\n\ndn: uid=j,dc=e\nuid: j\nds-auth-totp-shared-secret: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\nds-auth-totp-shared-secret: {AES}x\n wrapped\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new PingDirectoryLdif(Hints.NONE), file);
    }
}
