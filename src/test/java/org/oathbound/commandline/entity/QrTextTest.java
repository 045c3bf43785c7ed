package org.oathbound.commandline.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrTextTest {

    private static final int QUIET_ZONE = 4;
    private static final String URI =
            "otpauth://totp/Example%20Ltd:j%C3%B8rgen?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example%20Ltd";

    private final List<String> lines = QrText.of(URI);

    private boolean isDark(int x, int y) {
        char block = lines.get(y / 2).charAt(x);
        return block == ' ' || block == (y % 2 == 0 ? '▄' : '▀');
    }

    @Test
    void whatIsDrawnReadsAsTheText() throws ChecksumException, FormatException {
        int size = lines.getFirst().length() - 2 * QUIET_ZONE;
        BitMatrix modules = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (isDark(x + QUIET_ZONE, y + QUIET_ZONE)) {
                    modules.set(x, y);
                }
            }
        }
        assertThat(new Decoder().decode(modules).getText()).isEqualTo(URI);
    }

    @Test
    void fourLightModulesAreAroundIt() {
        int width = lines.getFirst().length();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(width).matches("█{4}.*█{4}"));
        assertThat(lines.subList(0, QUIET_ZONE / 2)).containsOnly("█".repeat(width));
        for (int y = width - QUIET_ZONE; y < width; y++) {
            for (int x = 0; x < width; x++) {
                assertThat(isDark(x, y)).isFalse();
            }
        }
    }
}
