package org.oathbound.directoryapi.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class DirectoryFilterFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "objectClass eq \"person\" and (sn sw \"Jon\" or not (mail pr))",
                "oathboundCreatedAt lt \"2030-12-31T00:00:00Z\"",
                "oathFailureCount ge 3 and oathboundEnabled eq true",
                "userPassword pr");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.refusedAtMost(() -> FilterTranslation.of(Fuzz.text(input)));
    }
}
