package org.oathbound.job.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class SeedFileRequestFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "format=PSKC\nencoding=HEX\ntype=HOTP\notpLength=6\ntimeStep=30\npassword=x\npreview=true",
                "format=OATH_CSV\nkey=000102030405060708090a0b0c0d0e0f\nminimumSecretBits=80");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : Fuzz.text(input).split("\n", -1)) {
            int equals = line.indexOf('=');
            fields.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        Fuzz.refusedAtMost(() -> SeedFileRequest.ofForm(fields));
        Fuzz.refusedAtMost(() -> SeedFileRequest.ofQuery(fields));
    }
}
