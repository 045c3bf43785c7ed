package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;

@DisplayName("JSON is one object of bounded depth; no error quotes what was sent")
class JsonBodyTest {

    static JsonObject read(String json) {
        return JsonBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsAnObject() {
        assertThat(read(" {\"a\":{\"b\":[1,\"ü\",null]}} \n").getJsonObject("a").getJsonArray("b"))
                .hasSize(3);
    }

    @Test
    void mayBeLeftOutWhereItSaysNothing() {
        assertThat(JsonBody.readIfAny(InputStream.nullInputStream())).isEmpty();
        assertThat(JsonBody.readIfAny(new ByteArrayInputStream(new byte[] {'{', '"', 'a', '"', ':', '1', '}'}))
                        .getInt("a"))
                .isEqualTo(1);
        for (String nothing : new String[] {"", " ", "\r\n", "{}", " { } ", "null", " null\n"}) {
            assertThat(JsonBody.readIfAny(new ByteArrayInputStream(nothing.getBytes(StandardCharsets.UTF_8))))
                    .as(nothing)
                    .isEmpty();
        }
        for (String other : new String[] {"[]", "\"null\"", "nul", "null null", "0"}) {
            assertThatThrownBy(
                            () -> JsonBody.readIfAny(new ByteArrayInputStream(other.getBytes(StandardCharsets.UTF_8))))
                    .isInstanceOf(Problem.InvalidRequest.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}x",
                "{}{}",
                "{} []",
                "[]",
                "[{}]",
                "null",
                "1",
                "\"x\"",
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":\"\u0001\"}",
                "\u0000",
                "\ufeff\ufeff{}"
            })
    void refusesAnythingElse(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Problem.InvalidRequest.class);
    }

    static Stream<String> numbersThatAreTooLarge() {
        return Stream.of(
                "1e2147483648", "-1e-99999999999", "1e999999999", "9".repeat(1_101), "0." + "1".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("numbersThatAreTooLarge")
    @Timeout(10)
    void refusesNumbersThatAreTooLargeToCountWith(String number) {
        assertThatThrownBy(() -> {
                    JsonFields.read(read("{\"a\":" + number + "}"), fields -> fields.required("a")
                            .integer(0, 9));
                })
                .isInstanceOfAny(Problem.InvalidRequest.class, Problem.InvalidData.class)
                .extracting(problem -> ((Problem) problem).details())
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22c3 22", "22ff22", "22c0af22", "22eda08022", "22f4908080 22", "22e28222"})
    void refusesWhatIsNoUtf8(String hex) {
        byte[] text = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] object =
                ("{\"a\":" + new String(text, StandardCharsets.ISO_8859_1) + "}").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> JsonBody.read(new ByteArrayInputStream(object)))
                .isInstanceOf(Problem.InvalidRequest.class);
        assertThatThrownBy(() -> JsonBody.readIfAny(new ByteArrayInputStream(object)))
                .isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void refusesAnotherEncoding() {
        InputStream utf16 = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> JsonBody.read(utf16)).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void letsAByteOrderMarkPass() {
        assertThat(read("\ufeff{\"a\":1}").getInt("a")).isEqualTo(1);
    }

    @Test
    void saysWhereAndNotWhat() {
        assertThatThrownBy(() -> read("{\n  \"secret\": 6EBD59F7x\n}"))
                .isInstanceOf(Problem.InvalidRequest.class)
                .hasMessageContaining("line 2, column")
                .hasMessageNotContaining("6EBD")
                .hasNoCause();
    }

    @Test
    void refusesWhatIsTooDeep() {
        assertThat(nested(20)).isNotNull();
        assertThatThrownBy(() -> nested(40)).isInstanceOf(Problem.InvalidRequest.class);
        assertThatThrownBy(() -> nested(30_000)).isInstanceOf(Problem.InvalidRequest.class);
    }

    @Test
    void leavesFaultsOfItsCallersAlone() {
        InputStream body = new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> JsonBody.parse(body, parser -> {
                    throw new IllegalStateException("ours");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesTheLastOfANameThatComesTwice() {
        assertThat(read("{\"a\":1,\"a\":2}").getInt("a")).isEqualTo(2);
    }

    static JsonObject nested(int depth) {
        return read("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
    }
}
