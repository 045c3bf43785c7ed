package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;

@DisplayName("A form is application/x-www-form-urlencoded in UTF-8, or a request that can't be read")
class UrlEncodedFormTest {

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MediaType type(String charset) {
        return MediaType.APPLICATION_FORM_URLENCODED_TYPE.withCharset(charset);
    }

    @Test
    void hasNamesAndValues() {
        MultivaluedMap<String, String> form = UrlEncodedForm.read(body("a=1&a=2&b&%C3%BC=a+b%26&&"), null);
        assertThat(form.get("a")).isEqualTo(List.of("1", "2"));
        assertThat(form.getFirst("b")).isEmpty();
        assertThat(form.getFirst("ü")).isEqualTo("a b&");
        assertThat(form).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf-8", "ISO-8859-1"})
    void mayNameACharset(String charset) {
        assertThat(UrlEncodedForm.read(body("a=%C3%BC"), type(charset)).getFirst("a"))
                .isEqualTo("ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "a b", "*", "\u00fc"})
    void mayNameNoneThatDoesNotExist(String charset) {
        assertThatThrownBy(() -> UrlEncodedForm.read(body("a=1"), type(charset)))
                .isInstanceOf(Problem.InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "%zz=1", "a=%C3%"})
    void hasNoHalfEscapes(String text) {
        assertThatThrownBy(() -> UrlEncodedForm.read(body(text), null)).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void isReadToItsEndOrNotAtAll() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close(); // a read of it fails, as that of a connection does
        assertThatThrownBy(() -> UrlEncodedForm.read(closed, null)).isInstanceOf(Problem.InvalidRequest.class);
    }
}
