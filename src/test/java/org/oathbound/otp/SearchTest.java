package org.oathbound.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

    @Nested
    @DisplayName("A search goes through its whole window, wherever the code stands")
    class WholeWindow {

        private final Counted counted = new Counted(8);
        private final Hotp hotp = hotp(counted);
        private final Window window = Window.ahead(100, 10);

        @ParameterizedTest
        @ValueSource(longs = {0, 100, 105, 110, 111})
        void forOneCode(long counter) {
            Passcode code = hotp.generate(counter);
            counted.codes = 0;
            assertThat(hotp.find(code, window).isPresent()).isEqualTo(counter >= 100 && counter <= 110);
            assertThat(counted.codes).isEqualTo(11);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 100, 105, 110, 111})
        void forTwoCodes(long counter) {
            Passcode first = hotp.generate(counter);
            Passcode second = hotp.generate(counter + 1);
            counted.codes = 0;
            assertThat(hotp.findPair(first, second, window).isPresent()).isEqualTo(counter >= 100 && counter <= 110);
            assertThat(counted.codes).isEqualTo(12);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 100, 105, 110, 111})
        void forAllPlacesOfACode(long counter) {
            Passcode code = hotp.generate(counter);
            counted.codes = 0;
            assertThat(hotp.findAll(code, window))
                    .isEqualTo(counter >= 100 && counter <= 110 ? List.of(counter) : List.of());
            assertThat(counted.codes).isEqualTo(11);
        }

        @Test
        void forACodeOfAnotherLength() {
            hotp.find(Passcode.parse("123456").orElseThrow(), window);
            assertThat(counted.codes).isEqualTo(11);
        }
    }

    @Nested
    @DisplayName("Of several places the lowest is found")
    class SeveralPlaces {

        @Test
        void forOneCode() {
            Hotp hotp = new Hotp(SharedSecret.ofBytes(new byte[20]), HashAlgorithm.SHA_1, 6);
            Map<Passcode, Long> seen = new HashMap<>();
            long higher = 0;
            @Nullable Long lower = null;
            while (lower == null) {
                lower = seen.putIfAbsent(hotp.generate(++higher), higher);
            }
            Passcode twice = hotp.generate(higher);
            assertThat(hotp.find(twice, new Window(0, higher + 5))).hasValue(lower);
            assertThat(hotp.find(twice, new Window(lower + 1, higher + 5))).hasValue(higher);
            assertThat(hotp.findPair(twice, hotp.generate(higher + 1), new Window(0, higher)))
                    .hasValue(higher);
        }

        @Test
        void forTwoCodes() {
            Hotp repetitive = hotp(new Counted(1));
            Passcode even = repetitive.generate(0);
            Passcode odd = repetitive.generate(1);
            assertThat(even).isNotEqualTo(odd);
            assertThat(repetitive.findPair(even, odd, new Window(7, 20))).hasValue(8);
            assertThat(repetitive.findPair(odd, even, new Window(7, 20))).hasValue(7);
        }
    }

    @Nested
    @DisplayName("All places are found where that is wanted")
    class AllPlaces {

        private final Hotp repetitive = hotp(new Counted(1));

        @Test
        void fromTheFirstToTheLast() {
            Passcode even = repetitive.generate(0);
            Passcode odd = repetitive.generate(1);
            assertThat(repetitive.findAll(even, new Window(8, 12))).containsExactly(8L, 10L, 12L);
            assertThat(repetitive.findAll(odd, new Window(8, 12))).containsExactly(9L, 11L);
        }

        @Test
        void noneInAnEmptyWindow() {
            assertThat(repetitive.findAll(repetitive.generate(8), new Window(8, 7)))
                    .isEmpty();
        }
    }

    private static Hotp hotp(Counted counted) {
        Mac mac = new Mac(counted, null, "Counted") {};
        try {
            mac.init(new SecretKeySpec(new byte[1], "Counted"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return new Hotp(mac, 8);
    }

    /** Counts how often it is asked; what it answers repeats itself after two to the power of so many factors. */
    private static final class Counted extends MacSpi {

        private final int mask;
        private int last;
        private int codes;

        Counted(int bits) {
            this.mask = (1 << bits) - 1;
        }

        @Override
        protected int engineGetMacLength() {
            return 20;
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters) {}

        @Override
        protected void engineUpdate(byte input) {
            last = input;
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            last = input[offset + length - 1];
        }

        @Override
        protected byte[] engineDoFinal() {
            codes++;
            byte[] hmac = new byte[20];
            hmac[3] = (byte) (last & mask);
            return hmac;
        }

        @Override
        protected void engineReset() {}
    }
}
