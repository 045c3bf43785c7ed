package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A gibibyte of the same text over and over; whoever reads more than a little of it fails. */
final class Endless extends InputStream {

    private static final int MUCH = 3 * RowLimit.BYTES;

    private final byte[] start;
    private final byte[] text;
    private int read;

    Endless(String text) {
        this("", text);
    }

    /** @param start comes once, before the text */
    Endless(String start, String text) {
        this.start = start.getBytes(StandardCharsets.UTF_8);
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
        if (read > MUCH) {
            throw new AssertionError("read further than " + MUCH + " bytes");
        }
        int at = read++;
        return at < start.length ? start[at] : text[(at - start.length) % text.length];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        for (int i = 0; i < length; i++) {
            buffer[offset + i] = (byte) read();
        }
        return length;
    }
}
