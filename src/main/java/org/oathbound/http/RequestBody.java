package org.oathbound.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.BadRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A request that asks for another protocol ({@code Upgrade}, as clients do that would like HTTP/2) and is served in this one
 * (RFC 9110 section 7.8). Grizzly gives the rest of the connection as its body; this one ends where the request says (RFC 9112
 * section 6.3), and what is malformed in it is a 400.
 */
final class RequestBody extends HttpServletRequestWrapper {

    private final ServletInputStream body;

    RequestBody(HttpServletRequest request, boolean isChunked) throws IOException {
        super(request);
        this.body = isChunked
                ? new ChunkedBody(request.getInputStream())
                : new LengthBody(request.getInputStream(), Math.max(0, request.getContentLengthLong()));
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** A body that is read in the thread of its request, and ends with -1 as often as it is asked. */
    private abstract static class Body extends ServletInputStream {

        private final InputStream in;
        private long left;
        private boolean isFinished;

        /** @param left bytes until the end, or until {@link #next} is asked for more */
        Body(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        /** How many bytes follow those that were read; 0 at the end. */
        abstract long next() throws IOException;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                left = next();
            }
            if (left == 0) {
                isFinished = true;
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(left, length));
            if (read < 0) {
                throw malformed();
            }
            left -= read;
            return read;
        }

        @Override
        public boolean isFinished() {
            return isFinished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("No request of ours is read asynchronously.");
        }

        static BadRequestException malformed() {
            return new BadRequestException();
        }
    }

    /** So many bytes. */
    private static final class LengthBody extends Body {

        LengthBody(InputStream in, long length) {
            super(in, length);
        }

        @Override
        long next() {
            return 0;
        }
    }

    /** Chunks until the one without bytes (RFC 9112 section 7.1); extensions and trailers are skipped. */
    private static final class ChunkedBody extends Body {

        private static final int MAX_LINE = 1_000;
        private static final int MAX_TRAILERS = 100;

        private final InputStream in;
        private boolean isFirst = true;
        private boolean hasEnded;

        ChunkedBody(InputStream in) {
            super(in, 0);
            this.in = in;
        }

        @Override
        long next() throws IOException {
            if (hasEnded) {
                return 0;
            }
            if (!isFirst && !line().isEmpty()) {
                throw malformed();
            }
            isFirst = false;
            String size = line().replaceFirst("[ \\t]*(;.*)?$", "");
            if (!size.matches("[0-9A-Fa-f]{1,15}")) {
                throw malformed();
            }
            long bytes = Long.parseLong(size, 16);
            if (bytes == 0) {
                hasEnded = true;
                skipTrailers();
            }
            return bytes;
        }

        private void skipTrailers() throws IOException {
            for (int trailers = 0; !line().isEmpty(); trailers++) {
                if (trailers == MAX_TRAILERS) {
                    throw malformed();
                }
            }
        }

        /** Without its CR LF. */
        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 || line.length() == MAX_LINE) {
                    throw malformed();
                }
                line.append((char) next);
            }
            if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                throw malformed();
            }
            return line.substring(0, line.length() - 1);
        }
    }
}
