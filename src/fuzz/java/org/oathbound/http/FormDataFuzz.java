package org.oathbound.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class FormDataFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\nPSKC\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: text/csv\r\n\r\nH1,00\r\n--x--\r\n");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String all = new String(input, StandardCharsets.ISO_8859_1);
        int line = all.indexOf('\n');
        String type = all.substring(0, Math.max(0, line));
        byte[] body = all.substring(line + 1).getBytes(StandardCharsets.ISO_8859_1);
        read(body, type);
        read(body, "multipart/form-data; boundary=x");
    }

    private static void read(byte[] body, String type) {
        Fuzz.refusedAtMost(() -> {
            try {
                FormData.read(new ByteArrayInputStream(body), type, (name, part) -> part.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
