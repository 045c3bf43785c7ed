package org.oathbound.oauth.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class ClientCredentialsFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "Basic MGY1YTBiNjItOWQxZS00YmIxLThkNWMtMGEzZjFhMmIzYzRkOng=\ngrant_type=client_credentials",
                "\ngrant_type=client_credentials&client_id=0f5a0b62-9d1e-4bb1-8d5c-0a3f1a2b3c4d&client_secret=%C3%A9+x");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String text = Fuzz.text(input);
        int line = text.indexOf('\n');
        String authorization = line > 0 ? text.substring(0, line) : null;
        byte[] form = text.substring(line + 1).getBytes(StandardCharsets.UTF_8);
        Fuzz.refusedAtMost(
                () -> ClientCredentials.of(authorization, FormParameters.read(new ByteArrayInputStream(form), null)));
    }
}
