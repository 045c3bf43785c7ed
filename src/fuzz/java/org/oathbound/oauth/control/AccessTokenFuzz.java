package org.oathbound.oauth.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class AccessTokenFuzz {

    /** Made by the first input: what is loaded before, for the seeds, can't be instrumented any more. */
    private static final class Parts {
        static final Fixture FIXTURE = fixture();
        static final AccessTokenVerifier VERIFIER = FIXTURE.verifierAt(Fixture.NOW);
        static final String KEY = FIXTURE.keys.publicKeys(Fixture.NOW).getKeys().get(0).getKeyID();

        private static Fixture fixture() {
            try {
                return new Fixture(Files.createTempDirectory("fuzz"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** {@code KEY} stands for the id of the key, which is another in each run. */
    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"KEY\"}.{\"iss\":\"https://auth.example.com/x/as\",\"exp\":1e9}.c2ln",
                "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"KEY\",\"crit\":[\"b64\"],\"b64\":false}.{}.",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"KEY\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}.{\"aud\":[1]}.AA");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String text = Fuzz.text(input);
        Fuzz.check(Parts.VERIFIER.verify(text).isEmpty(), "nobody can sign but the issuer");
        String[] parts = text.split("\\.", 3);
        if (parts.length == 3) { // past the encoding, to what is inside
            String header = encoded(parts[0].replace("KEY", Parts.KEY));
            Fuzz.check(
                    Parts.VERIFIER.verify(header + "." + encoded(parts[1]) + "." + parts[2]).isEmpty(),
                    "nobody can sign but the issuer");
        }
    }

    private static String encoded(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }
}
