package org.oathbound.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class PagingFuzz {

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "100\nSDE",
                "1\nw7w",
                "999999999\n-_");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String[] lines = (Fuzz.text(input) + "\n").split("\n", -1);
        Fuzz.refusedAtMost(() -> {
            Paging paging = Paging.of(lines[0], lines[1], 100, 200);
            Fuzz.check(paging.limit() > 0 && paging.limit() <= 200, "a page is bounded");
            String after = paging.after();
            Fuzz.check(
                    after != null && after.equals(Paging.of(null, Paging.cursor(after), 1, 1).after()),
                    "a cursor leads to where it came from");
        });
    }
}
