package org.oathbound.device.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class DeviceFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"type\":\"OATH_TOKEN\",\"serialNumber\":\"H1\",\"nickname\":\"Fob\",\"status\":\"ACTIVE\"}",
                "{\"type\":\"TEMPORARY\",\"validFor\":{\"duration\":2,\"timeUnit\":\"HOURS\"},\"expiresAt\":\"2030-12-31T00:00:00Z\"}",
                "{\"otp\":\"123456\",\"oathResync\":true}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(
                input,
                document -> DeviceDocument.read(document, Instant.EPOCH),
                DeviceDocument::nickname,
                CodeDocument::read);
    }
}
