package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong(42);

    private ProgressBar bar(String screen) {
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new ProgressBar(
                new Terminal(InputStream.nullInputStream(), print, print, new Screen(() -> screen)),
                "Rows",
                nanos::get);
    }

    private void pass(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Nested
    @DisplayName("On a terminal")
    class OnATerminal {

        private final ProgressBar bar = bar("err\n24 80");

        @Test
        void oneLineIsDrawnAnew() {
            bar.show(0, 100_000);
            pass(1000);
            bar.show(12_500, 100_000);
            assertThat(shown())
                    .isEqualTo("\rRows [....................]  0 of 100,000"
                            + "\rRows [##..................]  12,500 of 100,000  12,500/s");
        }

        @Test
        void noRestOfALongerLineStays() {
            bar.show(100_000, 100_000);
            pass(200);
            bar.show(1, 2);
            assertThat(shown()).endsWith("\rRows [##########..........]  1 of 2            ");
        }

        @Test
        void itIsNotDrawnOftenerThanTheEyeSees() {
            for (int done = 0; done < 1000; done++) {
                pass(1);
                bar.show(done, 1000);
            }
            assertThat(shown().chars().filter(character -> character == '\r').count())
                    .isEqualTo(10);
        }

        @Test
        void theEndIsDrawnOnceAndLeavesTheLine() {
            bar.show(0, 2);
            bar.show(2, 2);
            bar.close();
            bar.show(1, 2);
            bar.close();
            assertThat(shown()).endsWith("\rRows [####################]  2 of 2" + System.lineSeparator());
        }

        @Test
        void theSpeedIsThatOfTheLastSeconds() {
            for (int second = 0; second <= 10; second++) {
                bar.show(second * 1000L, 100_000);
                pass(1000);
            }
            for (int second = 1; second <= 11; second++) {
                bar.show(10_000 + second * 10L, 100_000);
                pass(1000);
            }
            assertThat(shown()).endsWith("  10/s");
        }

        @Test
        void aNarrowOneHasOneLineToo() {
            ProgressBar narrow = bar("err\n24 20");
            narrow.show(1, 2);
            assertThat(shown()).isEqualTo("\rRows [##########...");
        }
    }

    @Nested
    @DisplayName("In a pipe")
    class InAPipe {

        private final ProgressBar bar = bar("in");

        @Test
        void thereIsALineEveryFewSecondsAndNoControlCharacter() {
            for (int second = 0; second <= 12; second++) {
                bar.show(second, 12);
                pass(1000);
            }
            bar.close();
            assertThat(shown().lines())
                    .hasSize(3)
                    .allMatch(line -> line.matches("Rows \\[[#.]{20}]  [0-9]+ of 12  1/s"));
            assertThat(shown()).doesNotContain("\r").matches("[\\n -~]*");
        }

        @Test
        void whatIsQuickSaysNothing() {
            bar.show(0, 2);
            pass(1000);
            bar.show(2, 2);
            bar.close();
            assertThat(shown()).isEmpty();
        }
    }
}
