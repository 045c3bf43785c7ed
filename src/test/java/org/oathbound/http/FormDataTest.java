package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;

class FormDataTest {

    private static final String TYPE = "multipart/form-data; boundary=xYz";
    private static final String FORM = """
            --xYz
            Content-Disposition: form-data; name="format"

            PSKC
            --xYz
            Content-Disposition: form-data; name="file"; filename="a;b.csv"
            Content-Type: text/csv

            one
            two, --xY

            --xYz--
            """.replace("\n", "\r\n");

    private static List<String> read(String body, String type) throws IOException {
        List<String> parts = new ArrayList<>();
        FormData.read(
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                type,
                (name, part) -> parts.add(name + "=" + new String(part.readAllBytes(), StandardCharsets.UTF_8)));
        return parts;
    }

    @Test
    void givesThePartsInTheirOrder() throws IOException {
        assertThat(read(FORM, TYPE)).containsExactly("format=PSKC", "file=one\r\ntwo, --xY\r\n");
    }

    /** Found by fuzzing: what the parser throws there is not what it declares. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=\u00c5",
                "multipart/form-data; boundary=x\u00c5\u0000\u0000\u0000\r"
            })
    void refusesABoundaryThatIsNotAscii(String type) {
        assertThatThrownBy(() -> read(FORM, type)).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void hasSoManyPartsAndNoMore() throws IOException {
        String part = "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n";

        assertThat(read(part.repeat(32) + "--xYz--\r\n", TYPE)).hasSize(32);
        assertThatThrownBy(() -> read(part.repeat(33) + "--xYz--\r\n", TYPE))
                .isInstanceOf(Problem.InvalidRequest.class)
                .hasMessageContaining("32");
    }

    @Test
    void aPartThatNobodyReadsIsPassedOver() throws IOException {
        List<String> names = new ArrayList<>();
        FormData.read(
                new ByteArrayInputStream(FORM.getBytes(StandardCharsets.UTF_8)), TYPE, (name, part) -> names.add(name));
        assertThat(names).containsExactly("format", "file");
    }

    @Test
    void aFormInsideOfAFormIsNotOpened() {
        String nested = FORM.replace("text/csv", "multipart/mixed; boundary=one");
        assertThatThrownBy(() -> read(nested, TYPE)).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void whatIsCutOffIsNoForm() {
        for (int length = 0; length < FORM.length() - 4; length++) {
            int cut = length;
            assertThatThrownBy(() -> read(FORM.substring(0, cut), TYPE))
                    .as("%s of %s bytes, %s", cut, FORM.length(), FORM.substring(Math.max(0, cut - 12), cut))
                    .isInstanceOf(Problem.InvalidRequest.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data", "multipart/form-data; boundary=other", "multipart/form-data; boundary="})
    void withoutItsBoundaryThereIsNoForm(String type) {
        assertThatThrownBy(() -> read(FORM, type)).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void aPartHasAName() {
        assertThatThrownBy(() -> read(FORM.replace("name=\"format\"", "x=y"), TYPE))
                .isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void aHeaderIsBounded() {
        assertThatThrownBy(() -> read(FORM.replace("a;b.csv", "a".repeat(20_000)), TYPE))
                .isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void aLongPartIsReadAsItComes() throws IOException {
        long length = 64L * 1024 * 1024;
        byte[] head = "--xYz\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--xYz--\r\n".getBytes(StandardCharsets.UTF_8);
        AtomicLong given = new AtomicLong();
        InputStream middle = new InputStream() {
            @Override
            public int read() {
                return given.getAndIncrement() < length ? 'a' : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int wanted) {
                int some = (int) Math.min(wanted, length - given.get());
                Arrays.fill(buffer, offset, offset + some, (byte) 'a');
                given.addAndGet(some);
                return some == 0 ? -1 : some;
            }
        };
        InputStream form = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(head), middle, new ByteArrayInputStream(tail))));
        AtomicLong seen = new AtomicLong();
        FormData.read(form, TYPE, (name, part) -> {
            byte[] buffer = new byte[8192];
            for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
                assertThat(given.get() - seen.addAndGet(read)).isLessThan(128 * 1024);
            }
        });
        assertThat(seen.get()).isEqualTo(length);
    }
}
