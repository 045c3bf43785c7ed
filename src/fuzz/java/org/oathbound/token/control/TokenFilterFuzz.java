package org.oathbound.token.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class TokenFilterFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "serialNumber sw \"H1\" and (type eq \"HOTP\")",
                "batch eq \"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\" and paired eq true",
                "expiresAt lt \"2030-12-31T00:00:00Z\"");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.refusedAtMost(() -> TokenFilter.query(Fuzz.text(input)));
    }
}
