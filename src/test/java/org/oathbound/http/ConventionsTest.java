package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.http.InMemoryApi.Answer;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

class ConventionsTest {

    static final String UUID_SHAPE = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    static final String SECRET = "6EBD59F71A800C48C4619CD33F6C385C9237C9BA";

    static final InMemoryApi api = new InMemoryApi(Things.class);

    public record Thing(
            @JsonbProperty("_links") Map<String, Link> links,
            UUID id,
            String zebra,
            String apple,
            @Nullable String missing,
            Instant createdAt,
            int size) {}

    @Path("things")
    @Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
    public static class Things {

        @GET
        @Path("{id}")
        public Thing get(@PathParam("id") UUID id) {
            return new Thing(
                    Map.of("self", new Link("http://x/y")),
                    id,
                    "z",
                    "ä",
                    null,
                    Instant.parse("2024-11-18T10:23:36Z"),
                    1);
        }

        @GET
        @Path("list")
        public HalPage<Thing> list() {
            return new HalPage<>(
                    Map.of("self", new Link("http://x/y")), Map.of("things", List.of(get(new UUID(1, 2)))), null, 1);
        }

        @POST
        @Consumes("application/vnd.pingidentity.thing+json")
        public JsonObject echo(InputStream body) {
            return JsonBody.read(body);
        }

        @POST
        @Path("large")
        @BodyLimit(100_000)
        public int large(InputStream body) throws java.io.IOException {
            return body.readAllBytes().length;
        }

        @GET
        @Path("problem/{kind}")
        public Thing fail(@PathParam("kind") String kind) {
            Detail detail = new Detail(
                    DetailCode.OUT_OF_RANGE, "otpLength", "must be 6 or 8", Map.of("allowedValues", List.of(6, 8)));
            throw switch (kind) {
                case "data" -> new Problem.InvalidData(detail);
                case "request" -> new Problem.InvalidRequest(detail);
                case "large" -> new Problem.TooLarge(detail);
                case "media" -> new Problem.UnsupportedMediaType("text/plain");
                case "unauthenticated" -> new Problem.Unauthenticated("There is no access token.");
                case "forbidden" -> new Problem.Forbidden("This needs another role.");
                case "missing" -> new Problem.NotFound("There is no such thing.");
                case "limited" -> new Problem.Limited(Duration.ofMillis(2_001));
                case "unavailable" -> new Problem.Unavailable("disk full", Duration.ofMillis(1_500));
                case "corrupt" -> new Problem.Corrupt("entry x can't be read: " + SECRET);
                default -> new IllegalStateException(SECRET);
            };
        }
    }

    @Nested
    @DisplayName("Every failure is PingOne's envelope")
    class Envelope {

        @ParameterizedTest
        @CsvSource({
            "data, 400, INVALID_DATA",
            "request, 400, INVALID_REQUEST",
            "large, 413, INVALID_REQUEST",
            "media, 415, INVALID_REQUEST",
            "unauthenticated, 401, ACCESS_FAILED",
            "forbidden, 403, ACCESS_FAILED",
            "missing, 404, NOT_FOUND",
            "limited, 429, REQUEST_LIMITED",
            "unavailable, 503, UNEXPECTED_ERROR",
            "corrupt, 500, UNEXPECTED_ERROR",
            "unforeseen, 500, UNEXPECTED_ERROR",
        })
        void hasStatusIdCodeAndMessage(String kind, int status, String code) {
            Answer answer = api.get("things/problem/" + kind).send();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().getString("code")).isEqualTo(code);
            assertThat(answer.json().getString("id")).matches(UUID_SHAPE);
            assertThat(answer.json().getString("message")).isNotBlank();
        }

        @Test
        void namesEveryFault() {
            JsonObject body = api.get("things/problem/data").send().json();

            assertThat(body.getString("message"))
                    .isEqualTo(
                            "The request could not be completed. One or more validation errors were in the request.");
            JsonObject detail = body.getJsonArray("details").getJsonObject(0);
            assertThat(detail.getString("code")).isEqualTo("OUT_OF_RANGE");
            assertThat(detail.getString("target")).isEqualTo("otpLength");
            assertThat(detail.getString("message")).isEqualTo("must be 6 or 8");
            assertThat(detail.getJsonObject("innerError").getJsonArray("allowedValues"))
                    .hasSize(2);
        }

        @Test
        void leavesOutWhatItDoesNotHave() {
            assertThat(api.get("things/problem/missing").send().json()).containsOnlyKeys("id", "code", "message");
            assertThat(api.get("things/problem/forbidden")
                            .send()
                            .json()
                            .getJsonArray("details")
                            .getJsonObject(0))
                    .containsOnlyKeys("code", "message");
        }

        @Test
        void isGivenToUnknownPathsToo() {
            Answer answer = api.get("nowhere").send();

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
            assertThat(answer.header("correlation-id")).matches(UUID_SHAPE);
        }

        @Test
        void namesTheMethodsThatAreAllowed() {
            Answer answer = api.call("DELETE", "things/list").send();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains("GET");
            assertThat(answer.json().getString("code")).isEqualTo("INVALID_REQUEST");
        }

        @Test
        void isGivenToAnUnsupportedMediaType() {
            Answer answer = api.post("things", "text/plain").send("{}");

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.json().getString("code")).isEqualTo("INVALID_REQUEST");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Accept", "Content-Type"})
        void isGivenToMalformedHeaders(String header) {
            Answer answer = api.call("POST", "things").header(header, "/;;=,").send("{}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getString("code")).isEqualTo("INVALID_REQUEST");
        }

        @ParameterizedTest
        @ValueSource(strings = {"corrupt", "unforeseen", "unavailable"})
        void showsNothingOfTheCause(String kind) {
            assertThat(api.get("things/problem/" + kind).send().body())
                    .doesNotContain(SECRET, "IllegalState", "disk", "entry");
        }

        @Test
        void saysWhenToComeAgain() {
            assertThat(api.get("things/problem/unavailable").send().header("Retry-After"))
                    .isEqualTo("2");
            assertThat(api.get("things/problem/limited").send().header("Retry-After"))
                    .isEqualTo("3");
        }

        @Test
        void challengesThoseWithoutATokenAndTellsTheOthersThatTheirsIsBad() {
            Answer without = api.get("things/problem/unauthenticated").send();
            Answer with = api.get("things/problem/unauthenticated")
                    .header("Authorization", "Bearer x")
                    .send();

            assertThat(without.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"oathbound\"");
            assertThat(with.header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"oathbound\", error=\"invalid_token\"");
        }
    }

    @Nested
    @DisplayName("A body is application/hal+json unless application/json was asked for")
    class Negotiation {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "*/*                                    | application/hal+json;charset=UTF-8",
                    "application/*                          | application/hal+json;charset=UTF-8",
                    "application/hal+json                   | application/hal+json;charset=UTF-8",
                    "application/json                       | application/json;charset=UTF-8",
                    "application/json; charset=utf-8        | application/json;charset=UTF-8",
                    "application/json, */*                  | application/json;charset=UTF-8",
                    "application/json, text/plain, */*      | application/json;charset=UTF-8",
                    "application/hal+json, application/json;q=0.5 | application/hal+json;charset=UTF-8",
                })
        void choosesByAccept(String accept, String expected) {
            assertThat(contentType(api.get("things/list").accept(accept).send()))
                    .isEqualToIgnoringCase(expected);
            assertThat(contentType(api.get("things/problem/data").accept(accept).send()))
                    .isEqualToIgnoringCase(expected);
            assertThat(contentType(api.get("nowhere").accept(accept).send())).isEqualToIgnoringCase(expected);
        }

        @Test
        void takesHalWhenNothingWasAskedFor() {
            assertThat(contentType(api.get("things/list").send())).isEqualTo("application/hal+json;charset=UTF-8");
        }

        @Test
        void refusesWhatItCanNotWriteInJson() {
            Answer answer = api.get("things/list").accept("application/xml").send();

            assertThat(answer.status()).isEqualTo(406);
            assertThat(contentType(answer)).isEqualTo("application/json;charset=UTF-8");
        }

        @Test
        void takesMediaTypesWithParameters() {
            Answer answer = api.post("things", "application/vnd.pingidentity.thing+json; charset=utf-8")
                    .send("{\"a\":1}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getInt("a")).isEqualTo(1);
        }

        String contentType(Answer answer) {
            return answer.header("Content-Type");
        }
    }

    @Nested
    @DisplayName("Bodies are pretty-printed, without nulls, times in UTC with milliseconds")
    class Bodies {

        @Test
        void areAsTheyAreDeclared() {
            String id = "4c34ad91-0ded-33e3-12f9-cd8210c5840d";

            Answer answer = api.get("things/" + id).send();

            assertThat(answer.body()).contains("\n    ");
            assertThat(answer.json().keySet()).containsExactly("_links", "id", "zebra", "apple", "createdAt", "size");
            assertThat(answer.json().getString("id")).isEqualTo(id);
            assertThat(answer.json().getString("apple")).isEqualTo("ä");
            assertThat(answer.json().getString("createdAt")).isEqualTo("2024-11-18T10:23:36.000Z");
            assertThat(answer.json()
                            .getJsonObject("_links")
                            .getJsonObject("self")
                            .getString("href"))
                    .isEqualTo("http://x/y");
        }

        @Test
        void ofListsAreHal() {
            JsonObject list = api.get("things/list").send().json();

            assertThat(list.keySet()).containsExactly("_links", "_embedded", "size");
            assertThat(list.getJsonObject("_embedded")
                            .getJsonArray("things")
                            .getJsonObject(0)
                            .getString("zebra"))
                    .isEqualTo("z");
        }

        @Test
        void cutWhatIsFinerThanAMillisecond() {
            assertThat(new JsonbConfiguration.Timestamps().adaptToJson(Instant.parse("2024-11-18T10:23:36.768999Z")))
                    .isEqualTo("2024-11-18T10:23:36.768Z");
        }
    }

    @Nested
    @DisplayName("A UUID in a path is told by its shape only")
    class Uuids {

        @Test
        void anyVariantAndCaseNamesOne() {
            Answer answer =
                    api.get("things/ABFBA8F6-49EB-09F5-F5D9-80AD5C98F9F6").send();

            assertThat(answer.json().getString("id")).isEqualTo("abfba8f6-49eb-09f5-f5d9-80ad5c98f9f6");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"1-2-3-4-5", "x", "abfba8f649eb09f5f5d980ad5c98f9f6", "abfba8f6-49eb-09f5-f5d9-80ad5c98f9f6x"
                })
        void anythingElseNamesNothing(String id) {
            Answer answer = api.get("things/" + id).send();

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
        }
    }

    @Nested
    @DisplayName("A request's body is bounded")
    class Bounded {

        @Test
        void refusedByItsAnnouncedLengthBeforeItIsRead() {
            for (String length : List.of("65537", "99999999999999999999", "4294967296")) {
                Answer answer = api.post("things", "application/vnd.pingidentity.thing+json")
                        .header("Content-Length", length)
                        .send(InputStream.nullInputStream());

                assertThat(answer.status()).isEqualTo(413);
            }
        }

        @Test
        void refusedAsSoonAsItIsLonger() {
            Answer answer = api.post("things", "application/vnd.pingidentity.thing+json")
                    .send("{\"a\":\"" + "x".repeat(65 * 1024) + "\"}");

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().getJsonArray("details").getJsonObject(0).getString("code"))
                    .isEqualTo("SIZE_LIMIT_EXCEEDED");
        }

        @Test
        void toWhatTheMethodSays() {
            assertThat(api.post("things/large", "text/plain")
                            .send(new ByteArrayInputStream(new byte[100_000]))
                            .body())
                    .isEqualTo("100000");
            assertThat(api.post("things/large", "text/plain")
                            .send(new ByteArrayInputStream(new byte[100_001]))
                            .status())
                    .isEqualTo(413);
        }
    }

    @Nested
    @DisplayName("Every answer names its request, and is not stored")
    class Tracing {

        @ParameterizedTest
        @ValueSource(strings = {"things/list", "nowhere", "things/problem/unforeseen"})
        void byNewIdsWhenNoneWereSent(String path) {
            Answer answer = api.get(path).send();

            assertThat(answer.header("correlation-id")).matches(UUID_SHAPE);
            assertThat(answer.header("X-Ping-External-Transaction-ID")).isNotBlank();
            assertThat(answer.header("X-Ping-External-Session-ID")).isNotBlank();
            assertThat(answer.header("cache-control")).isEqualTo("no-cache, no-store, max-age=0, must-revalidate");
            assertThat(answer.header("pragma")).isEqualTo("no-cache");
            assertThat(answer.header("expires")).isEqualTo("0");
        }

        @Test
        void byTheIdsThatWereSent() {
            String id = "b8ee5b23-0000-4000-8000-0123456789ab";
            Answer answer = api.get("things/list")
                    .header("correlation-id", id)
                    .header("X-Ping-External-Transaction-ID", "order-7/é@x=#+_.")
                    .send();

            assertThat(answer.header("correlation-id")).isEqualTo(id);
            assertThat(answer.header("X-Ping-External-Transaction-ID")).isEqualTo("order-7/é@x=#+_.");
        }

        @Test
        void byCleanedIdsOnly() {
            Answer answer = api.get("things/list")
                    .header("correlation-id", "not a uuid")
                    .header("X-Ping-External-Transaction-ID", "a b\r\nSet-Cookie: x;\"<")
                    .header("X-Ping-External-Session-ID", "𝒜".repeat(101))
                    .send();

            assertThat(answer.header("correlation-id")).matches(UUID_SHAPE);
            assertThat(answer.header("X-Ping-External-Transaction-ID")).isEqualTo("a_b__Set-Cookie__x___");
            assertThat(answer.header("X-Ping-External-Session-ID")).isEqualTo("𝒜".repeat(100));
        }
    }
}
