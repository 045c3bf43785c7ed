package org.oathbound.seedfile.control;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.seedfile.entity.Format;

public class FormatByContentFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds("<?xml version=\"1.0\"?><!-- x --><Tokens/>", "<!DOCTYPE html><html/>", "dn: x\nipatokenOwner: x\n", "S1,3132333435363738393031323334353637383930,hotp,6,0\n", "LOGGING START,x\n", "{\"type\": 1}", "PK\u0003\u0004xl/");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyFile(byte[] file) {
        for (Format said : Format.values()) {
            Fuzzed.read((body, rows) -> FormatByContent.checked(said, body), file);
        }
    }
}
