package org.oathbound.seedfile.control;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Bounds what one row, or one option, of a job's body or of a seed file may take, so that a parser never has to hold more than that. Counts
 * what is read; a parser reads ahead by its buffer, which is far less than the limit.
 */
public final class RowLimit extends FilterInputStream {

    public static final int BYTES = 64 * 1024;

    private int count;

    public RowLimit(InputStream in) {
        super(in);
    }

    /** What is read from here on belongs to the next row. */
    public void nextRow() {
        count = 0;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        add(1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        // Not more at once than fits twice, so that one long read can't pass for one long row.
        int read = super.read(buffer, offset, Math.min(length, BYTES / 2));
        add(Math.max(0, read));
        return read;
    }

    private void add(int bytes) {
        count += bytes;
        if (count > BYTES) {
            throw new Problem.TooLarge(new Detail(
                    DetailCode.SIZE_LIMIT_EXCEEDED,
                    null,
                    "One row of the job is larger than about " + BYTES + " bytes.",
                    Map.of("maximumValue", BYTES)));
        }
    }
}
