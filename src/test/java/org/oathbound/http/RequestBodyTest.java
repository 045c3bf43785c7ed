package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BadRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The body of a request that asks for an upgrade ends where the request says (RFC 9112 section 6.3)")
class RequestBodyTest {

    private static final String NEXT = "GET / HTTP/1.1\r\n\r\n";

    /** A request whose stream has all that comes on the connection. */
    private static HttpServletRequest request(long length, String connection) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(connection.getBytes(StandardCharsets.ISO_8859_1));
        ServletInputStream stream = new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return bytes.read(into, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
        return (HttpServletRequest) Proxy.newProxyInstance(
                RequestBodyTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> stream;
                    case "getContentLengthLong" -> length;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static String withLength(long length, String connection) throws IOException {
        return text(new RequestBody(request(length, connection), false));
    }

    private static String chunked(String connection) throws IOException {
        return text(new RequestBody(request(-1, connection), true));
    }

    private static String text(RequestBody body) throws IOException {
        ServletInputStream stream = body.getInputStream();
        String text = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(stream.read()).as("again").isEqualTo(-1);
        assertThat(stream.isFinished()).isTrue();
        return text;
    }

    @Test
    void withoutALengthThereIsNone() throws IOException {
        assertThat(withLength(-1, NEXT)).isEmpty();
        assertThat(withLength(0, NEXT)).isEmpty();
    }

    @Test
    void byItsLength() throws IOException {
        assertThat(withLength(3, "abc" + NEXT)).isEqualTo("abc");
    }

    @Test
    void byItsChunks() throws IOException {
        assertThat(chunked("3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nTrailer: z\r\n\r\n" + NEXT))
                .isEqualTo("abc0123456789");
        assertThat(chunked("0\r\n\r\n" + NEXT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "3\r\nab",
                "3\r\nabcd\r\n0\r\n\r\n",
                "3\nabc\n0\n\n",
                "-3\r\nabc\r\n0\r\n\r\n",
                "0x3\r\nabc\r\n0\r\n\r\n",
                " 3\r\nabc\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nabc",
                "3\r\nabc\r\n0\r\n",
                "zz\r\n"
            })
    void malformedChunksAreABadRequest(String connection) {
        assertThatThrownBy(() -> chunked(connection)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void oneThatEndsBeforeItsLengthToo() {
        assertThatThrownBy(() -> withLength(3, "ab")).isInstanceOf(BadRequestException.class);
    }
}
