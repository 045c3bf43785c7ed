package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.ws.rs.ClientErrorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedInputStreamTest {

    private final AtomicLong now = new AtomicLong(-5);
    private Duration grace = PacedInputStream.OF_KNOWN_CALLERS;

    /** Takes its time for each block. */
    private InputStream body(int bytes, int block, Duration forEach) {
        return new PacedInputStream(
                new ByteArrayInputStream(new byte[bytes]) {
                    @Override
                    public synchronized int read(byte[] buffer, int offset, int length) {
                        now.addAndGet(forEach.toNanos());
                        return super.read(buffer, offset, Math.min(length, block));
                    }

                    @Override
                    public synchronized int read() {
                        now.addAndGet(forEach.toNanos());
                        return super.read();
                    }
                },
                grace,
                now::get);
    }

    private static int readAll(InputStream body) throws IOException {
        byte[] buffer = new byte[100_000];
        int count = 0;
        for (int read = body.read(buffer, 0, buffer.length); read >= 0; ) {
            count += read;
            read = body.read(buffer, 0, buffer.length);
        }
        return count;
    }

    @Test
    void aBodyThatTricklesIsCutOff() {
        InputStream body = body(1_000, 1, Duration.ofSeconds(1));
        assertThat(catchThrowableOfType(ClientErrorException.class, () -> readAll(body))
                        .getResponse()
                        .getStatus())
                .isEqualTo(408);
        assertThat(Duration.ofNanos(now.get())).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));
    }

    @Test
    void ofAnybodyItIsSoWithinSeconds() {
        grace = PacedInputStream.OF_ANYBODY;
        InputStream body = body(1_000, 1, Duration.ofSeconds(1));
        assertThat(catchThrowableOfType(ClientErrorException.class, () -> readAll(body))
                        .getResponse()
                        .getStatus())
                .isEqualTo(408);
        assertThat(Duration.ofNanos(now.get())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
    }

    @Test
    void soIsOneThatIsReadByteByByte() {
        InputStream body = body(1_000, 1, Duration.ofSeconds(1));
        assertThat(catchThrowableOfType(ClientErrorException.class, () -> {
                    int next;
                    do {
                        next = body.read();
                    } while (next >= 0);
                }))
                .isNotNull();
    }

    @Test
    void aBigBodyOverASlowLineIsRead() throws IOException {
        assertThat(readAll(body(10_000_000, 8_192, Duration.ofMillis(1_900)))).isEqualTo(10_000_000);
    }

    @Test
    void aSmallBodyMayTakeHalfAMinute() throws IOException {
        assertThat(readAll(body(2, 1, Duration.ofSeconds(14)))).isEqualTo(2);
    }
}
