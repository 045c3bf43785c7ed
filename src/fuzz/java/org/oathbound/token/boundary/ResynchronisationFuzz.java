package org.oathbound.token.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class ResynchronisationFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"otps\":[\"123456\",\"654321\"]}",
                "{\"otps\":[\"12345678\"]}");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.document(input, ResynchronisationDocument::read);
    }
}
