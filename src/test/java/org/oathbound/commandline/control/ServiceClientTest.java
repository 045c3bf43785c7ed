package org.oathbound.commandline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.commandline.FakeOathbound;
import org.oathbound.commandline.FakeOathbound.Asked;

@Tag("slow")
class ServiceClientTest {

    private final FakeOathbound service = new FakeOathbound();
    private final ServiceClient client = new ServiceClient(new Credentials(
            service.url(),
            service.url(),
            UUID.fromString(FakeOathbound.ENVIRONMENT),
            FakeOathbound.CLIENT,
            FakeOathbound.SECRET));

    @AfterEach
    void stop() {
        service.close();
    }

    private Refusal refused(int status, String body, String... headers) {
        service.on("GET", "/x", status, body, headers);
        return catchThrowableOfType(Refusal.class, () -> client.get("/x"));
    }

    @Nested
    @DisplayName("Access tokens")
    class AccessTokens {

        @Test
        void oneIsFetchedAndUsedForAll() {
            service.onGet("/x", "{}");
            client.get("/x");
            client.get("/x");
            assertThat(service.accessTokens()).isEqualTo(1);
            assertThat(service.asked()).extracting(Asked::authorization).containsOnly("Bearer access-token-1");
        }

        @Test
        void oneThatHasEndedIsFetchedAnew() {
            service.onGet("/x", "{}").on("GET", "/x", 401, "{}").onGet("/x", "{\"n\": 3}");
            client.get("/x");
            assertThat(client.get("/x").path("n").asInt()).isEqualTo(3);
            assertThat(service.asked().get(2).authorization()).isEqualTo("Bearer access-token-2");
        }

        @Test
        void aSecondRefusalIsTheAnswer() {
            service.onGet("/x", "{}").on("GET", "/x", 401, "{}");
            client.get("/x");
            assertThatThrownBy(() -> client.get("/x")).isInstanceOf(Refusal.class);
            assertThat(service.asked()).hasSize(3);
        }
    }

    @Nested
    @DisplayName("Lists")
    class Lists {

        private static final String PAGE =
                "{\"_links\": {\"next\": {\"href\": \"%s\"}}, \"_embedded\": {\"users\": [%d]}}";

        @Test
        void linksAreFollowedAtTheServiceThatWasNamed() {
            service.onGet(
                            "/users?limit=2",
                            PAGE.formatted("http://elsewhere.example.com/users?limit=2&cursor=a%2Bb", 1))
                    .onGet("/users?limit=2&cursor=a%2Bb", "{\"_embedded\": {\"users\": [2]}}");
            List<Integer> users = new ArrayList<>();
            assertThat(client.list("/users?limit=2", "users", true, user -> users.add(user.asInt())))
                    .isFalse();
            assertThat(users).containsExactly(1, 2);
        }

        @Test
        void withoutAllThereIsOnePageAndItSaysWhetherThereAreMore() {
            service.onGet("/users", PAGE.formatted("http://elsewhere.example.com/users?cursor=x", 1));
            assertThat(client.list("/users", "users", false, user -> {})).isTrue();
            assertThat(service.asked()).hasSize(1);
        }
    }

    @Nested
    @DisplayName("Errors")
    class Errors {

        @Test
        void theMessageHasEveryDetailAndTheId() {
            Refusal refusal = refused(400, """
                    {"id": "e1", "code": "INVALID_DATA", "message": "Not right.", "details": [
                     {"code": "REQUIRED_VALUE", "target": "username", "message": "A value is required."},
                     {"code": "INVALID_VALUE", "message": "All of it is odd."}]}
                    """);
            assertThat(refusal.getMessage()).isEqualTo("username: A value is required.\n  All of it is odd.\n  id e1");
            assertThat(refusal.has("REQUIRED_VALUE")).isTrue();
            assertThat(refusal.has("INVALID_OTP")).isFalse();
        }

        @Test
        void whatIsNoJsonIsTheStatus() {
            assertThat(refused(500, "<html>").getMessage()).isEqualTo("The service answered with HTTP status 500.");
        }

        @ParameterizedTest
        @CsvSource({
            "400, INVALID_OTP, 4", "400, EXTRA_OTP_REQUIRED, 4", "400, PASSWORD_LOCKED_OUT, 4", "400, INVALID_VALUE, 1",
            "403, INSUFFICIENT_PERMISSIONS, 1", "404, NONE, 1", "500, NONE, 1", "302, NONE, 1",
            "429, NONE, 5", "502, NONE, 5", "503, NONE, 5", "504, NONE, 5"
        })
        void theExitCodeTellsWhatKindItIs(int status, String code, int exitCode) {
            Refusal refusal = refused(status, "{\"details\": [{\"code\": \"" + code + "\", \"message\": \"M\"}]}");
            assertThat(refusal.exitCode()).isEqualTo(exitCode);
        }

        @Test
        void itSaysWhenToTryAgainAndHowOften() {
            Refusal later = refused(503, "{\"message\": \"Not now.\"}", "Retry-After", "7");
            assertThat(later.getMessage()).contains("Not now.", "try again: 7");
            assertThat(later.retryAfter()).isEqualTo(7);
        }

        @Test
        void aServiceThatIsNotThereCanNotBeReached() {
            service.close();
            Failure failure = catchThrowableOfType(Failure.class, () -> client.get("/x"));
            assertThat(failure.exitCode()).isEqualTo(5);
            assertThat(failure.getMessage()).contains(service.url()).doesNotContain(FakeOathbound.SECRET);
        }
    }
}
