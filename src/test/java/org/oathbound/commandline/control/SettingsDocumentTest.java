package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsDocumentTest {

    private static final String JSON = """
            {"_links": {"self": {"href": "http://localhost"}}, "id": "one", "environment": {"id": "e"},
             "hotp": {"lookAhead": 10, "hashAlgorithms": ["HmacSHA1"]}, "autoResync": true, "bind": "PASSWORD"}
            """;

    private final SettingsDocument document = document();

    private static SettingsDocument document() {
        try {
            return new SettingsDocument(new JsonMapper().readTree(JSON));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itsSettingsAreNamedByTheirWay() {
        assertThat(document.rows())
                .containsExactly(
                        List.of("hotp.lookAhead", "10"),
                        List.of("hotp.hashAlgorithms", "HmacSHA1"),
                        List.of("autoResync", "true"),
                        List.of("bind", "PASSWORD"));
        assertThat(document.id()).isEqualTo("one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hotp.lookAhead=20                       | /hotp/lookAhead         | 20
            autoResync=false                        | /autoResync             | false
            bind=CODE_ONCE_ENROLLED                 | /bind                   | "CODE_ONCE_ENROLLED"
            bind=true                               | /bind                   | "true"
            hotp.hashAlgorithms=HmacSHA1,HmacSHA256 | /hotp/hashAlgorithms    | ["HmacSHA1","HmacSHA256"]
            lockout.failureCount=5                  | /lockout/failureCount   | 5
            totp.uriParameters.issuer=A = B         | /totp/uriParameters/issuer | "A = B"
            """)
    void aChangeHasTheKindOfWhatWasThere(String change, String where, String value) {
        document.change(change);
        assertThat(document.values().at(where)).hasToString(value);
        assertThat(document.values().has("_links")).isFalse();
    }

    @Test
    void nothingBehindTheEqualsSignRemovesIt() {
        document.change("hotp.lookAhead=");
        assertThat(document.values().at("/hotp/lookAhead").isMissingNode()).isTrue();
        assertThat(document.values().at("/hotp").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hotp.lookahead=20", "hotp=20", "_links=x", "lockout.failureCnt=3", "=3", "autoResync"})
    void whatIsNoSettingIsRefused(String change) {
        assertThatThrownBy(() -> document.change(change)).matches(e -> ((Failure) e).exitCode() == 2);
    }
}
