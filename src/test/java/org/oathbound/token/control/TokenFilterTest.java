package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;

class TokenFilterTest {

    @TempDir
    Path data;

    private Environment environment;
    private Tokens tokens;

    @BeforeEach
    void createSome() {
        WholeEmbeddedDirectory directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        tokens = TokensFixture.tokens(directory, new Seals(KeySets.in(data)));
        for (String serialNumber : List.of("GA-12.3:x", "GA12", "GB-12")) {
            TokensFixture.create(tokens, environment, serialNumber);
        }
    }

    private List<String> found(String filter) {
        return tokens.page(environment, TokenFilter.query(filter), null, 100).items().stream()
                .map(token -> token.metadata().serialNumber().value())
                .toList();
    }

    @Test
    void byWhetherTheyAreLost() {
        assertThat(found("lost eq true")).isEmpty();
        assertThat(found("lost eq false")).hasSize(3);
        assertThat(catchThrowableOfType(Problem.InvalidRequest.class, () -> found("lost eq \"yes\"")))
                .isNotNull();
    }

    @Nested
    @DisplayName("A serial number is found with its punctuation, whatever the environment allows today")
    class Punctuation {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "serialNumber eq \"ga-12.3:X\"",
                    "serialNumber sw \"GA-\"",
                    "serialNumber sw \"ga-12.3:\"",
                    "serialNumber eq \" GA-12.3:x \" and type eq \"HOTP\""
                })
        void inEitherCaseAndByItsBeginning(String filter) {
            assertThat(found(filter)).containsExactly("GA-12.3:x");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "serialNumber eq \"GA-\"",
                    "serialNumber eq \"-1\"",
                    "serialNumber sw \"-\"",
                    "serialNumber sw \"GA*\"",
                    "serialNumber sw \"\"",
                    "serialNumber sw \"123456789012345678901234567890123456789012345678901\""
                })
        void whatNoneCanBeIsRefused(String filter) {
            assertThat(catchThrowableOfType(Problem.InvalidRequest.class, () -> found(filter)))
                    .hasMessageContaining("serial number");
        }
    }
}
