package org.oathbound.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Ends with {@link Problem.TooLarge} once more than so many bytes were read. */
public final class CappedInputStream extends FilterInputStream {

    private final long limit;
    private long count;

    public CappedInputStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        add(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        add(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        add(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void add(long bytes) {
        count += bytes;
        if (count > limit) {
            throw tooLarge(limit);
        }
    }

    static Problem.TooLarge tooLarge(long limit) {
        return new Problem.TooLarge(new Detail(
                DetailCode.SIZE_LIMIT_EXCEEDED,
                null,
                "The request's body is larger than " + limit + " bytes.",
                Map.of("maximumValue", limit)));
    }
}
