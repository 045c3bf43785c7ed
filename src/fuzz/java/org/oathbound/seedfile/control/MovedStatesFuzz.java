package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;

public class MovedStatesFuzz {

    private static final byte[] SEEDS =
            """
            H1,3132333435363738393031323334353637383930,hotp,6
            T1,3132333435363738393031323334353637383930,totp,6,30
            """
                    .getBytes(StandardCharsets.UTF_8);

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("serial,username,counter,drift,status\nH1,jane,7,,ACTIVE\nt1,,,-2,\nX9,joe,1,,BLOCKED\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(MovedStatesFuzz::join, file);
    }

    private static void join(InputStream file, SeedRows rows) throws Problem {
        MovedTokens moved = new MovedTokens(MovedStates.read(file), rows);
        new OathCsv(Hints.NONE).read(new ByteArrayInputStream(SEEDS), moved);
        moved.finish();
    }
}
