package org.oathbound.authentication.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class FlowFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"user\":{\"id\":\"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\"},\"policy\":{\"id\":\"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\"},\"selectedDevice\":{\"id\":\"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\",\"otp\":\"123456\"},\"device\":{\"id\":\"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\"},\"otp\":\"123456\"}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(input, FlowDocument::begin, FlowDocument::select, FlowDocument::check);
    }
}
