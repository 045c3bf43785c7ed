package org.oathbound.device.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class DeviceFilterFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "status eq \"ACTIVE\" and type eq \"TOTP\"",
                "createdAt lt \"2030-12-31T00:00:00Z\" and (user.id eq \"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\")");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.refusedAtMost(() -> DeviceFilter.query(Fuzz.text(input)));
    }
}
