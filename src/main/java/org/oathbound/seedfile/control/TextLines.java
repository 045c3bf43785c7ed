package org.oathbound.seedfile.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The lines of a text in UTF-8, with or without a byte order mark, whatever ends them: LF, CRLF or CR. Never holds more
 * than one of them, and of none more than {@link RowLimit#BYTES}.
 */
final class TextLines {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final boolean cutting;
    private final byte[] buffer = new byte[8192];
    private int position;
    private int end;
    private byte[] line = new byte[256];
    private int length;
    private int number;
    private boolean afterReturn;
    private boolean cut;

    /** @param cutting whether the end of a line that is too long is left out, and not the whole text refused */
    TextLines(InputStream in, boolean cutting) {
        this.in = in;
        this.cutting = cutting;
    }

    /** Whether the line that was read last was too long. */
    boolean isCut() {
        return cut;
    }

    /** The number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /** The next line without what ends it; null at the end of the text. */
    @Nullable
    String next() {
        number++;
        length = 0;
        cut = false;
        int next = read();
        if (next == '\n' && afterReturn) {
            next = read();
        }
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n' && next != '\r') {
            add((byte) next);
            next = read();
        }
        afterReturn = next == '\r';
        return decoded();
    }

    private void add(byte next) {
        if (next == 0 || isUtf16Mark(next)) {
            throw refused("The file is not UTF-8 but, it seems, UTF-16; save it as UTF-8.");
        }
        if (length == RowLimit.BYTES && cutting) {
            cut = true;
            return;
        }
        if (length == RowLimit.BYTES) {
            throw new Problem.TooLarge(new Detail(
                    DetailCode.SIZE_LIMIT_EXCEEDED,
                    null,
                    "Line " + number + " of the file is longer than " + RowLimit.BYTES + " bytes.",
                    Map.of("maximumValue", RowLimit.BYTES)));
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, length * 2);
        }
        line[length++] = next;
    }

    private boolean isUtf16Mark(byte next) {
        return number == 1 && length == 0 && (next == (byte) 0xFE || next == (byte) 0xFF);
    }

    private String decoded() {
        while (cut && length > 0 && (line[--length] & 0xC0) == 0x80) {
            // Not in the middle of a character.
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
            return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused("Line " + number + " of the file is not UTF-8; save the file as UTF-8.");
        }
    }

    private int read() {
        try {
            if (position >= end) {
                end = Math.max(0, in.read(buffer));
                position = 0;
            }
            return end == 0 ? -1 : buffer[position++] & 0xFF;
        } catch (IOException e) {
            throw refused("The file can't be read beyond line " + number + ".");
        }
    }

    /** The whole file can't be read. */
    static Problem.InvalidRequest refused(String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_VALUE, null, message);
    }
}
