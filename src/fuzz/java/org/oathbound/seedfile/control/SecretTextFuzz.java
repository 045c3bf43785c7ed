package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.otp.SharedSecret;
import org.oathbound.seedfile.entity.SecretEncoding;

public class SecretTextFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
                "3132333435363738393031323334353637383930",
                "ABCDEF234567ABCD======");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String text = Fuzz.text(input);
        read(text, null);
        for (SecretEncoding encoding : SecretEncoding.values()) {
            read(text, encoding);
        }
        try {
            SharedSecret.ofHex(text);
        } catch (IllegalArgumentException refused) {
            // By the place of its fault.
        }
    }

    private static void read(String text, @Nullable SecretEncoding encoding) {
        SecretText secret = SecretText.read(text, encoding);
        Fuzz.check((secret.hex() == null) != (secret.fault() == null), "a secret or a fault");
    }
}
