package org.oathbound.commandline.entity;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A QR code (ISO/IEC 18004) in lines of block characters, each two modules high. A light module is a block and a dark one is
 * none, as it is right on a dark screen.
 */
public final class QrText {

    private static final int QUIET_ZONE = 4;
    private static final char[] BLOCKS = {' ', '▄', '▀', '█'};

    private QrText() {}

    /** The lines from top to bottom. */
    public static List<String> of(String text) {
        BitMatrix modules = modules(text);
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < modules.getHeight(); y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < modules.getWidth(); x++) {
                int upper = modules.get(x, y) ? 0 : 2;
                int lower = y + 1 < modules.getHeight() && modules.get(x, y + 1) ? 0 : 1;
                line.append(BLOCKS[upper + lower]);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static BitMatrix modules(String text) {
        Map<EncodeHintType, ?> hints =
                Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name(), EncodeHintType.MARGIN, QUIET_ZONE);
        try {
            return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
        } catch (WriterException e) {
            throw new IllegalStateException("What the service sends is too long for a QR code.", e);
        }
    }
}
