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

    /** What was written last, each byte as a character. */
    private String tail = "";

    WholeTable(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        String all = tail + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        tail = all.substring(Math.max(0, all.length() - TAIL));
    }

    /** {@link Failure} when the last line is missing. */
    void requireEnd() {
        if (!END.matcher(tail).matches()) {
            throw new Failure(ExitCode.FAILED, "The table was cut off: its last line, # end, is missing.");
        }
    }
}
