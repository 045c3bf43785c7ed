package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.TokenId;

@DisplayName("A lost fob stays lost until it is said to be found")
class LostTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:10Z");

    @TempDir
    Path data;

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Tokens tokens;
    private Pairings pairings;
    private LostTokens lostTokens;
    private TokenId id;

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        Seals seals = new Seals(KeySets.in(data));
        tokens = TokensFixture.tokens(directory, seals);
        pairings = TokensFixture.pairings(directory, seals, Clock.systemUTC());
        lostTokens = at(NOW);
        id = TokensFixture.create(tokens, environment, "1").metadata().id();
    }

    private LostTokens at(Instant now) {
        return new LostTokens(directory, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Metadata token() {
        return tokens.find(environment, id).orElseThrow().metadata();
    }

    private Pairing begin() {
        Pairing pairing = new Pairing(UUID.randomUUID(), UUID.randomUUID(), NOW);
        pairings.begin(environment, id, pairing);
        return pairing;
    }

    @Test
    void sinceItWasSaidFirst() {
        assertThat(lostTokens.lose(environment, id).metadata().lostAt()).isEqualTo(NOW);
        assertThat(at(NOW.plusSeconds(9)).lose(environment, id).metadata().lostAt())
                .isEqualTo(NOW);
        assertThat(token().lostAt()).isEqualTo(NOW);
    }

    @Test
    void itIsPairedWithNobodyAndTheRefusalSaysHowItComesBack() {
        lostTokens.lose(environment, id);

        assertThatExceptionOfType(Problem.RequestFailed.class)
                .isThrownBy(this::begin)
                .satisfies(problem -> assertThat(problem.details())
                        .singleElement()
                        .satisfies(detail -> assertThat(detail.message()).contains("lost since", "token found")));
        assertThat(token().pairings()).isEmpty();
    }

    @Test
    void foundAgainItIsPaired() {
        lostTokens.lose(environment, id);

        assertThat(lostTokens.recover(environment, id).metadata().lostAt()).isNull();
        assertThat(lostTokens.recover(environment, id).metadata().lostAt()).isNull();
        assertThat(token().pairings()).isEmpty();
        begin();
        assertThat(token().pairings()).hasSize(1);
    }

    @Test
    void whoeverHasItHasItStill() {
        Pairing pairing = begin();

        lostTokens.lose(environment, id);

        assertThat(token().pairings()).containsExactly(pairing);
        pairings.end(environment, id, pairing.device());
        assertThat(token().lostAt()).isEqualTo(NOW);
    }

    @Test
    void aReplacedOneThatSomebodyElseHasIsNotLost() {
        Pairing first = begin();
        Pairing second = begin();

        lostTokens.loseReplaced(environment, id, first.device());
        assertThat(token().lostAt()).isNull();

        pairings.end(environment, id, first.device());
        lostTokens.loseReplaced(environment, id, second.device());
        assertThat(token().lostAt()).isEqualTo(NOW);
    }

    @Test
    void anotherLifeIsNotLost() {
        lostTokens.lose(environment, id);
        tokens.revoke(environment, id);
        assertThatExceptionOfType(Problem.NotFound.class).isThrownBy(() -> lostTokens.lose(environment, id));

        TokensFixture.create(tokens, environment, "1");

        assertThat(token().lostAt()).isNull();
    }

    @Test
    void noSuchTokenIsSaidSo() {
        TokenId unknown = new TokenId(UUID.randomUUID());

        assertThatExceptionOfType(Problem.NotFound.class).isThrownBy(() -> lostTokens.lose(environment, unknown));
        assertThatExceptionOfType(Problem.NotFound.class).isThrownBy(() -> lostTokens.recover(environment, unknown));
        lostTokens.loseReplaced(environment, unknown, UUID.randomUUID());
    }
}
