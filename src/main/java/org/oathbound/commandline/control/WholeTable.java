package org.oathbound.commandline.control;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.oathbound.commandline.entity.ExitCode;

/** Passes on comma-separated values of the service's, and looks for the last line, which tells that none is missing. */
final class WholeTable extends FilterOutputStream {

    private static final Pattern END = Pattern.compile("(?s).*\n\"# end: [0-9]+ lines\"[\",]*\r?\n");
    private static final int TAIL = 4096;

    /** What was written last, each byte at its place modulo the length. */
    private final byte[] tail = new byte[TAIL];

    private long written;

    WholeTable(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        keep((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        for (int n = Math.max(0, length - TAIL); n < length; n++) {
            tail[(int) ((written + n) % TAIL)] = bytes[offset + n];
        }
        written += length;
    }

    /** {@link Failure} when the last line is missing. */
    void requireEnd() {
        int length = (int) Math.min(written, TAIL);
        byte[] last = new byte[length];
        for (int n = 0; n < length; n++) {
            last[n] = tail[(int) ((written - length + n) % TAIL)];
        }
        if (!END.matcher(new String(last, StandardCharsets.UTF_8)).matches()) {
            throw new Failure(ExitCode.FAILED, "The table was cut off: its last line, # end, is missing.");
        }
    }

    private void keep(byte b) {
        tail[(int) (written % TAIL)] = b;
        written++;
    }
}
