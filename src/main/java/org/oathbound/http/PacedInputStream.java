package org.oathbound.http;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends with 408 when the other side sends too slowly: a body may take a time of grace, and a second more for each 4 KiB of it. The
 * server waits 10 s for each byte.
 */
final class PacedInputStream extends FilterInputStream {

    /** For bodies of callers that are known, which may be large. */
    static final Duration OF_KNOWN_CALLERS = Duration.ofSeconds(30);

    /** For those of calls that anybody may make, which are small. */
    static final Duration OF_ANYBODY = Duration.ofSeconds(5);

    private static final long NANOS_A_BYTE = 1_000_000_000L / 4096;

    private final LongSupplier nanoTime;
    private final long graceNanos;
    private final long begin;
    private long count;

    PacedInputStream(InputStream in, Duration grace, LongSupplier nanoTime) {
        super(in);
        this.graceNanos = grace.toNanos();
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        return paced(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        return paced(read, read);
    }

    /** The end is never too late. */
    private int paced(int result, int bytes) {
        if (result >= 0) {
            count += bytes;
            if (nanoTime.getAsLong() - begin > graceNanos + count * NANOS_A_BYTE) {
                throw new ClientErrorException(Status.REQUEST_TIMEOUT);
            }
        }
        return result;
    }
}
