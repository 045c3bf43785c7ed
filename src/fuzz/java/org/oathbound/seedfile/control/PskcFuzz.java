package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

public class PskcFuzz {

    /** RFC 6030's figures: a key in the clear, one with all that can be said of it, an encrypted one, many at once; a draft. */
    public static Stream<byte[]> seeds() {
        return Stream.concat(Stream.of(2, 5, 6, 10).map(PskcSample::figure), Stream.of(PskcDraftTest.HOTP)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        Fuzzed.read(new Pskc(Hints.NONE, new FileKey.None()), file);
        Fuzzed.read(new Pskc(Hints.NONE, PskcSample.key()), file);
    }
}
