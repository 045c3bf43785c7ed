package org.oathbound.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    private static final long LAST = Window.LAST;

    @Nested
    @DisplayName("The look-ahead window is the expected counter and the next s")
    class Ahead {

        @Test
        void neverLooksBack() {
            assertThat(Window.ahead(7, 10)).isEqualTo(new Window(7, 17));
        }

        @Test
        void ofSizeZeroIsTheExpectedCounterAlone() {
            assertThat(Window.ahead(7, 0)).isEqualTo(new Window(7, 7));
        }

        @Test
        void endsAtTheLastCounterAndDoesNotWrap() {
            assertThat(Window.ahead(LAST - 3, 3)).isEqualTo(new Window(LAST - 3, LAST));
            assertThat(Window.ahead(LAST - 3, 4)).isEqualTo(new Window(LAST - 3, LAST));
            assertThat(Window.ahead(LAST, Integer.MAX_VALUE)).isEqualTo(new Window(LAST, LAST));
        }

        @Test
        void isEmptyWhenTheLastCounterIsUsed() {
            assertThat(Window.ahead(LAST + 1, 10)).isEqualTo(new Window(LAST + 1, LAST));
        }

        @Test
        void refusesWhatIsNegative() {
            assertThatIllegalArgumentException().isThrownBy(() -> Window.ahead(-1, 10));
            assertThatIllegalArgumentException().isThrownBy(() -> Window.ahead(0, -1));
        }
    }

    @Nested
    @DisplayName("The window around a time step reaches as far to both sides")
    class Around {

        @ParameterizedTest
        @CsvSource(textBlock = """
                100, 2,  98, 102
                100, 0, 100, 100
                  2, 2,   0,   4
                  1, 2,   0,   3
                 -1, 2,   0,   1
                 -2, 2,   0,   0
                 -3, 2,   0,  -1
                -99, 2,   0,  -1
                """)
        void leavesOutWhatIsBeforeTimeBegan(long step, int distance, long first, long last) {
            assertThat(Window.around(step, distance)).isEqualTo(new Window(first, last));
        }

        @Test
        void endsAtTheLastStepAndDoesNotWrap() {
            assertThat(Window.around(LAST, 2)).isEqualTo(new Window(LAST - 2, LAST));
            assertThat(Window.around(Long.MAX_VALUE, Integer.MAX_VALUE).last()).isEqualTo(LAST);
            assertThat(Window.around(Long.MIN_VALUE, Integer.MAX_VALUE)).isEqualTo(new Window(0, -1));
        }

        @Test
        void refusesANegativeDistance() {
            assertThatIllegalArgumentException().isThrownBy(() -> Window.around(100, -1));
        }
    }

    @Nested
    @DisplayName("Nothing at or below what was used")
    class After {

        private final Window window = new Window(98, 102);

        @ParameterizedTest
        @CsvSource(textBlock = """
                 -1,  98
                 97,  98
                 98,  99
                 99, 100
                101, 102
                """)
        void beginsAfterIt(long used, long first) {
            assertThat(window.after(used)).isEqualTo(new Window(first, 102));
        }

        @Test
        void isEmptyWhenAllIsUsed() {
            assertThat(window.after(102)).isEqualTo(new Window(103, 102));
            assertThat(window.after(500)).isEqualTo(new Window(501, 500));
            assertThat(window.after(LAST)).isEqualTo(new Window(LAST + 1, LAST));
            assertThat(window.after(Long.MAX_VALUE)).isEqualTo(new Window(LAST + 1, LAST));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            -1, 5
             5, 3
             0, 9223372036854775807
            """)
    void refusesOtherBounds(long first, long last) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Window(first, last));
    }
}
