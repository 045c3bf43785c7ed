package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Together;
import org.oathbound.directory.Directories;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Pairings.TokenPairing;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.TokenId;

@Tag("slow")
class PairingsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:10Z");

    @TempDir
    static Path data;

    private static Seals seals;

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Tokens tokens;
    private Pairings pairings;
    private PersonalTokens personalTokens;
    private TokenId token;

    @BeforeAll
    static void makeKeys() {
        seals = new Seals(KeySets.in(data));
    }

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        tokens = TokensFixture.tokens(directory, seals);
        pairings = TokensFixture.pairings(directory, seals, Clock.systemUTC());
        personalTokens = TokensFixture.personalTokens(directory, seals, Clock.fixed(NOW, ZoneOffset.UTC));
        token = TokensFixture.create(tokens, environment, "1").metadata().id();
    }

    private static Pairing pairing() {
        return new Pairing(UUID.randomUUID(), UUID.randomUUID(), NOW);
    }

    private List<Pairing> pairingsOf(TokenId id) {
        return tokens.findAny(environment, id).orElseThrow().metadata().pairings();
    }

    @Nested
    @DisplayName("A token may be paired with several people, not twice with one")
    class Beginning {

        @Test
        void severalPeopleShareAToken() {
            Pairing first = pairing();
            Pairing second = pairing();

            assertThat(pairings.begin(environment, token, first)).isEmpty();
            assertThat(pairings.begin(environment, token, second)).isEmpty();
            assertThat(pairingsOf(token)).containsExactlyInAnyOrder(first, second);
        }

        @Test
        void aPersonWhoHasItAlreadyIsToldWhatThereIs() {
            Pairing first = pairing();
            pairings.begin(environment, token, first);

            Pairing again = new Pairing(first.person(), UUID.randomUUID(), NOW.plusSeconds(1));
            assertThat(pairings.begin(environment, token, again)).contains(first);
            assertThat(pairingsOf(token)).containsExactly(first);
        }

        @Test
        void oneOfManyAtOnceBeginsIt() throws Exception {
            UUID person = UUID.randomUUID();
            for (int round = 0; round < 20; round++) {
                TokenId shared = TokensFixture.create(tokens, environment, "S" + round)
                        .metadata()
                        .id();
                List<Callable<Optional<Pairing>>> attempts = IntStream.range(0, 8)
                        .<Callable<Optional<Pairing>>>mapToObj(client ->
                                () -> pairings.begin(environment, shared, new Pairing(person, UUID.randomUUID(), NOW)))
                        .toList();

                List<Optional<Pairing>> told = Together.call(attempts);

                assertThat(told.stream().filter(Optional::isEmpty)).hasSize(1);
                assertThat(pairingsOf(shared)).hasSize(1);
                assertThat(told.stream().flatMap(Optional::stream).distinct().toList())
                        .isEqualTo(pairingsOf(shared));
            }
        }

        @Test
        void manyPeopleAtOnceAllGetIt() throws Exception {
            List<Pairing> all =
                    IntStream.range(0, 16).mapToObj(person -> pairing()).toList();

            List<Optional<Pairing>> told = Together.call(all.stream()
                    .<Callable<Optional<Pairing>>>map(one -> () -> pairings.begin(environment, token, one))
                    .toList());

            assertThat(told).allMatch(Optional::isEmpty);
            assertThat(pairingsOf(token)).containsExactlyInAnyOrderElementsOf(all);
        }

        @Test
        void aRevokedTokenAndOneThatNeverWasAreNotThere() {
            tokens.revoke(environment, token);

            assertThatThrownBy(() -> pairings.begin(environment, token, pairing()))
                    .isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> pairings.begin(environment, new TokenId(UUID.randomUUID()), pairing()))
                    .isInstanceOf(Problem.NotFound.class);
        }

        /** Its serial number follows from the id of its device, which others can read. */
        @Test
        void aTokenThatWasMadeForOneDeviceIsNobodyElses() {
            Pairing owner = pairing();
            personalTokens.createForApp(environment, owner);
            TokenId app = PersonalTokens.idFor(environment, owner.device());

            assertThatThrownBy(() -> pairings.begin(environment, app, pairing()))
                    .isInstanceOf(Problem.NotFound.class);
            assertThat(pairingsOf(app)).containsExactly(owner);
        }
    }

    @Nested
    @DisplayName("Unpairing returns a fob to stock; what was made for the device ends with it")
    class Ending {

        @Test
        void takesThatPairingOnly() {
            Pairing first = pairing();
            Pairing second = pairing();
            pairings.begin(environment, token, first);
            pairings.begin(environment, token, second);

            pairings.end(environment, token, first.device());

            assertThat(pairingsOf(token)).containsExactly(second);
        }

        @Test
        void canBeRepeated() {
            Pairing first = pairing();
            pairings.begin(environment, token, first);

            pairings.end(environment, token, first.device());
            pairings.end(environment, token, first.device());
            pairings.end(environment, new TokenId(UUID.randomUUID()), first.device());
            tokens.revoke(environment, token);
            pairings.end(environment, token, first.device());

            assertThat(tokens.find(environment, token)).isEmpty();
        }

        @Test
        void endsATokenThatWasMadeForTheDevice() {
            Pairing owner = pairing();
            personalTokens.createForApp(environment, owner);
            TokenId app = PersonalTokens.idFor(environment, owner.device());

            pairings.end(environment, app, UUID.randomUUID());
            assertThat(tokens.findAny(environment, app)).isPresent();

            pairings.end(environment, app, owner.device());
            pairings.end(environment, app, owner.device());
            assertThat(tokens.findAny(environment, app)).isEmpty();
        }

        @Test
        void manyAtOnceAllEnd() throws Exception {
            List<Pairing> all =
                    IntStream.range(0, 16).mapToObj(person -> pairing()).toList();
            all.forEach(one -> pairings.begin(environment, token, one));

            Together.call(all.stream()
                    .<Callable<Boolean>>map(one -> () -> {
                        pairings.end(environment, token, one.device());
                        return true;
                    })
                    .toList());

            assertThat(pairingsOf(token)).isEmpty();
        }

        /** Each either finds the pairing and ends it, or comes before it and finds nothing. */
        @Test
        void againstBeginningLeavesOneOfTheTwo() throws Exception {
            for (int round = 0; round < 50; round++) {
                Pairing one = pairing();

                Together.call(List.<Callable<Boolean>>of(
                        () -> pairings.begin(environment, token, one).isEmpty(), () -> {
                            pairings.end(environment, token, one.device());
                            return true;
                        }));

                assertThat(pairingsOf(token)).isSubsetOf(one);
                pairings.end(environment, token, one.device());
            }
        }

        @Test
        void againstRevokingLeavesNothing() throws Exception {
            for (int round = 0; round < 20; round++) {
                TokenId revoked = TokensFixture.create(tokens, environment, "V" + round)
                        .metadata()
                        .id();
                Pairing one = pairing();
                pairings.begin(environment, revoked, one);

                Together.call(List.<Callable<Boolean>>of(() -> tokens.revoke(environment, revoked), () -> {
                    pairings.end(environment, revoked, one.device());
                    return true;
                }));

                assertThat(tokens.findAny(environment, revoked)).isEmpty();
                assertThat(directory.read(TokenEntry.dn(environment, revoked))).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("All pairings can be gone through")
    class Every {

        @Test
        void ofEveryTokenThatLives() {
            Pairing first = pairing();
            Pairing second = pairing();
            Pairing app = pairing();
            TokensFixture.create(tokens, environment, "inStock");
            TokenId gone =
                    TokensFixture.create(tokens, environment, "gone").metadata().id();
            pairings.begin(environment, token, first);
            pairings.begin(environment, token, second);
            pairings.begin(environment, gone, pairing());
            tokens.revoke(environment, gone);
            personalTokens.createForApp(environment, app);

            List<TokenPairing> seen = new ArrayList<>();
            pairings.forEach(environment, new UnreadableEntries(), seen::add);

            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            new TokenPairing(token, first),
                            new TokenPairing(token, second),
                            new TokenPairing(PersonalTokens.idFor(environment, app.device()), app));
        }

        @Test
        void overManyPages() {
            Set<TokenPairing> begun = new HashSet<>();
            directory.together(() -> {
                for (int i = 0; i < 2_001; i++) {
                    TokenId id = TokensFixture.create(tokens, environment, "P" + i)
                            .metadata()
                            .id();
                    Pairing one = pairing();
                    pairings.begin(environment, id, one);
                    begun.add(new TokenPairing(id, one));
                }
                return true;
            });

            List<TokenPairing> seen = new ArrayList<>();
            pairings.forEach(environment, new UnreadableEntries(), seen::add);

            assertThat(seen).hasSize(2_001);
            assertThat(new HashSet<>(seen)).isEqualTo(begun);
        }
    }
}
