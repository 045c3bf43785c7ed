package org.oathbound.oauth.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oathbound.oauth.control.Fixture.CLIENT;
import static org.oathbound.oauth.control.Fixture.ENVIRONMENT;
import static org.oathbound.oauth.control.Fixture.NOW;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Together;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.Role;
import org.oathbound.oauth.entity.AuthorizationCode;
import org.oathbound.person.control.PersonsFixture;

@DisplayName("An authorization code is good once, for a minute, for its program (RFC 6749 section 4.1.2, RFC 7636)")
class AuthorizationCodesTest {

    private static final UUID PERSON = UUID.randomUUID();
    private static final String BACK = "https://app.example.com/back";
    /** RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final ExpiringStore<AuthorizationCode> store = new MemoryStore<>(1_000, AuthorizationCode.LASTS);
    private final AuthorizationCodes codes = at(NOW);
    private final String code = codes.issue(ENVIRONMENT, CLIENT, PERSON, BACK, CHALLENGE);

    private AuthorizationCodes at(Instant now) {
        return new AuthorizationCodes(
                store, new MemoryStore<>(1_000, AccessTokens.LIFETIME), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Optional<UUID> redeem(AuthorizationCodes at, String sent, String back, String verifier) {
        return at.redeem(ENVIRONMENT, CLIENT, sent, back, verifier).map(AuthorizationCode::person);
    }

    @Test
    void standsForThePersonOnce() {
        assertThat(redeem(codes, code, BACK, VERIFIER)).contains(PERSON);
        assertThat(redeem(codes, code, BACK, VERIFIER)).isEmpty();
    }

    @Test
    void isUsedUpByAWrongVerifierToo() {
        assertThat(redeem(codes, code, BACK, VERIFIER + "x")).isEmpty();
        assertThat(redeem(codes, code, BACK, VERIFIER)).isEmpty();
    }

    @Test
    void notForTheChallengeItself() {
        assertThat(redeem(codes, code, BACK, CHALLENGE)).isEmpty();
    }

    @Test
    void notForAnotherAddress() {
        assertThat(redeem(codes, code, BACK + "/", VERIFIER)).isEmpty();
    }

    @Test
    void notForAnotherApplicationOrEnvironment() {
        assertThat(codes.redeem(ENVIRONMENT, UUID.randomUUID(), code, BACK, VERIFIER))
                .isEmpty();
        String another = codes.issue(ENVIRONMENT, CLIENT, PERSON, BACK, CHALLENGE);
        assertThat(codes.redeem(UUID.randomUUID(), CLIENT, another, BACK, VERIFIER))
                .isEmpty();
    }

    @Test
    void notAfterAMinute() {
        AuthorizationCodes later = at(NOW.plus(AuthorizationCode.LASTS));
        assertThat(redeem(later, code, BACK, VERIFIER)).isEmpty();
    }

    @Test
    void onceAmongManyAtATime() throws Exception {
        List<Callable<Optional<UUID>>> all = IntStream.range(0, 16)
                .<Callable<Optional<UUID>>>mapToObj(i -> () -> redeem(codes, code, BACK, VERIFIER))
                .toList();
        assertThat(Together.call(all).stream().filter(Optional::isPresent)).hasSize(1);
    }

    /** Section 4.1.2: a code that comes twice SHOULD revoke all tokens that were issued by it. */
    @Nested
    @DisplayName("Where it is shown again, the access token that it was exchanged for holds no more")
    class ShownAgain {

        @TempDir
        Path folder;

        private Fixture fixture;
        private Application application;
        private UUID person;

        @BeforeEach
        void signIn() {
            fixture = new Fixture(folder);
            application = fixture.application(CLIENT, Role.HELP_DESK);
            person = PersonsFixture.create(PersonsFixture.persons(fixture.directory), fixture.environment, "jdoe")
                    .id();
            fixture.holders.set(fixture.environment, person, Set.of(Role.HELP_DESK));
        }

        private String issued() {
            return fixture.codes.issue(ENVIRONMENT, CLIENT, person, BACK, CHALLENGE);
        }

        private String exchanged(String sent) {
            AuthorizationCode found = fixture.codes
                    .redeem(ENVIRONMENT, CLIENT, sent, BACK, VERIFIER)
                    .orElseThrow();
            return fixture.accessTokens.issue(application, found);
        }

        @Test
        void alsoWhereItWasLookedAtBefore() {
            String sent = issued();
            String accessToken = exchanged(sent);
            AccessTokenVerifier verifier = fixture.verifierAt(NOW);
            assertThat(verifier.verify(accessToken)).isPresent();
            assertThat(redeem(fixture.codes, sent, BACK, VERIFIER)).isEmpty();
            assertThat(verifier.verify(accessToken)).isEmpty();
        }

        @Test
        void whateverElseIsShownWithIt() {
            String sent = issued();
            String accessToken = exchanged(sent);
            assertThat(redeem(fixture.codes, sent, BACK, "wrong")).isEmpty();
            assertThat(fixture.verifierAt(NOW).verify(accessToken)).isEmpty();
        }

        @Test
        void andNobodyElses() {
            String one = exchanged(issued());
            String sent = issued();
            String another = exchanged(sent);
            assertThat(redeem(fixture.codes, sent, BACK, VERIFIER)).isEmpty();
            assertThat(redeem(fixture.codes, "a code that never was", BACK, VERIFIER))
                    .isEmpty();
            assertThat(fixture.verifierAt(NOW).verify(one)).isPresent();
            assertThat(fixture.verifierAt(NOW).verify(another)).isEmpty();
            assertThat(fixture.verifierAt(NOW).verify(fixture.accessTokens.issue(application)))
                    .isPresent();
        }
    }
}
