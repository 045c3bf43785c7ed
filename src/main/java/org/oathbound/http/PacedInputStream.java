package org.oathbound.http;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * Ends with 408 when the other side sends too slowly: a body may take 30 s and a second more for each 4 KiB of it. Payara Micro
 * waits 30 s for each byte.
 */
final class PacedInputStream extends FilterInputStream {

    private static final long GRACE_NANOS = 30_000_000_000L;
    private static final long NANOS_A_BYTE = 1_000_000_000L / 4096;

    private final LongSupplier nanoTime;
    private final long begin;
    private long count;

    PacedInputStream(InputStream in, LongSupplier nanoTime) {
        super(in);
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
            if (nanoTime.getAsLong() - begin > GRACE_NANOS + count * NANOS_A_BYTE) {
                throw new ClientErrorException(Status.REQUEST_TIMEOUT);
            }
        }
        return result;
    }
}
