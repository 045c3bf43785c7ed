package org.oathbound.person.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class UserFilterFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "username sw \"Jane\" and (email eq \"j@x.org\")",
                "id eq \"6a1f0a0e-3f5e-4d57-9a0c-2c6f1f3f5a11\"",
                "USERNAME eq \"\\u0041\\n\"");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Fuzz.refusedAtMost(() -> UserFilter.query(Fuzz.text(input)));
    }
}
