package org.oathbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;

class LinksTest {

    static final UUID ENVIRONMENT = UUID.fromString("abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    static final String LOOPBACK = "127.0.0.0/8,::1";

    /** A request as the container hands it over; every value that is not given here is an error of the test. */
    static HttpServletRequest request(@Nullable String query, String peer, String host, Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return (HttpServletRequest) Proxy.newProxyInstance(
                LinksTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getScheme" -> "http";
                    case "getServerName" -> host;
                    case "getServerPort", "getLocalPort" -> 8080;
                    case "getRemoteAddr" -> peer;
                    case "getRequestURI" -> "/v1/environments/" + ENVIRONMENT + "/oathTokens";
                    case "getQueryString" -> query;
                    case "getHeader" -> byName.get((String) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static Links links(@Nullable String query) {
        return new Links(request(query, "192.0.2.1", "oath.example.com", Map.of()), fromRequest(LOOPBACK));
    }

    static String href(HalPage<?> page, String relation) {
        return Objects.requireNonNull(page.links().get(relation)).href();
    }

    static BaseUrl fromRequest(String trustedProxies) {
        return new BaseUrl(Optional.empty(), new TrustedProxies(trustedProxies));
    }

    @Nested
    @DisplayName("Every href is absolute")
    class Absolute {

        @Test
        void belowAnEnvironment() {
            assertThat(links(null).environment(ENVIRONMENT).href())
                    .isEqualTo("http://oath.example.com:8080/v1/environments/" + ENVIRONMENT);
            assertThat(links(null)
                            .environment(ENVIRONMENT, "oathTokens", "a b/c")
                            .href())
                    .isEqualTo("http://oath.example.com:8080/v1/environments/" + ENVIRONMENT + "/oathTokens/a%20b%2Fc");
        }

        @Test
        void fromTheConfiguration() {
            BaseUrl base = new BaseUrl(Optional.of("https://mfa.example.com/oath/"), new TrustedProxies(LOOPBACK));
            HttpServletRequest request =
                    request(null, "127.0.0.1", "evil.example", Map.of("X-Forwarded-Host", "evil.example"));

            assertThat(new Links(request, base).environment(ENVIRONMENT).href())
                    .isEqualTo("https://mfa.example.com/oath/v1/environments/" + ENVIRONMENT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"mfa.example.com", "ftp://x", "/x", "https://x?y", "https://x#y", ""})
        void refusesAConfigurationThatIsNoUrl(String url) {
            assertThatThrownBy(() -> BaseUrl.checked(url)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("X-Forwarded-* counts only from a trusted proxy")
    class Forwarded {

        static final Map<String, String> HEADERS =
                Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "mfa.example.com, inner.example");

        @Test
        void fromAProxy() {
            assertThat(fromRequest(LOOPBACK).of(request(null, "127.0.0.1", "localhost", HEADERS)))
                    .isEqualTo("https://mfa.example.com");
        }

        @Test
        void notFromAStranger() {
            assertThat(fromRequest(LOOPBACK).of(request(null, "192.0.2.1", "localhost", HEADERS)))
                    .isEqualTo("http://localhost:8080");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "https | -              | -    | https://localhost",
                    "-     | a.example      | -    | http://a.example",
                    "-     | a.example:8443 | -    | http://a.example:8443",
                    "https | a.example      | 8443 | https://a.example:8443",
                    "https | [2001:db8::1]  | -    | https://[2001:db8::1]",
                    "https | [2001:db8::1]:81 | -  | https://[2001:db8::1]:81",
                    "-     | -              | 81   | http://localhost:81",
                    "-     | -              | -    | http://localhost:8080",
                })
        void eachHeaderForItself(
                @Nullable String scheme, @Nullable String host, @Nullable String port, String expected) {
            Map<String, String> headers = new TreeMap<>();
            if (scheme != null) {
                headers.put("X-Forwarded-Proto", scheme);
            }
            if (host != null) {
                headers.put("X-Forwarded-Host", host);
            }
            if (port != null) {
                headers.put("X-Forwarded-Port", port);
            }

            assertThat(fromRequest(LOOPBACK).of(request(null, "::1", "localhost", headers)))
                    .isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "127.0.0.1, true",
            "127.255.0.9, true",
            "128.0.0.1, false",
            "10.1.2.3, true",
            "10.2.2.3, false",
            "192.0.2.7, true",
            "192.0.2.8, false",
            "::1, true",
            "0:0:0:0:0:0:0:1%lo, true",
            "::ffff:10.1.0.1, true",
            "2001:db8:1::9, true",
            "2001:db9::9, false",
            "localhost, false",
            "'', false",
        })
        void proxiesAreAddressesAndBlocks(String address, boolean trusted) {
            TrustedProxies proxies = new TrustedProxies("127.0.0.0/8, ::1, 10.1.0.0/16, 192.0.2.7, 2001:db8::/32");

            assertThat(proxies.contains(address)).isEqualTo(trusted);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        192.0.2.9  |                                   | 192.0.2.9
                        192.0.2.9  | 198.51.100.1                      | 192.0.2.9
                        10.1.0.1   | 198.51.100.1                      | 198.51.100.1
                        10.1.0.1   | 203.0.113.5, 198.51.100.1         | 198.51.100.1
                        10.1.0.1   | 203.0.113.5, 198.51.100.1, 10.1.0.2 | 198.51.100.1
                        10.1.0.1   | 10.1.0.3, 10.1.0.2                | 10.1.0.3
                        10.1.0.1   | 198.51.100.1:4711                 | 198.51.100.1
                        10.1.0.1   | [2001:db9::1]:4711                | 2001:db9::1
                        10.1.0.1   | [2001:db9::1]                     | 2001:db9::1
                        10.1.0.1   | 2001:db9::1                       | 2001:db9::1
                        10.1.0.1   | unknown                           | 10.1.0.1
                        10.1.0.1   | 198.51.100.1, x.example.com       | 10.1.0.1
                        10.1.0.1   | 999.1.1.1                         | 10.1.0.1
                        10.1.0.1   | ::::                              | 10.1.0.1
                        10.1.0.1   | ,                                 | 10.1.0.1
                        ::1%0      |                                   | ::1
                        """)
        void theClientIsTheNearestAddressThatIsNoProxy(String peer, @Nullable String forwardedFor, String client) {
            TrustedProxies proxies = new TrustedProxies("::1, 10.1.0.0/16");

            assertThat(proxies.clientBehind(peer, forwardedFor == null ? "" : forwardedFor))
                    .isEqualTo(client);
        }

        @ParameterizedTest
        @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "10.0.0"})
        void aListThatCanNotBeReadStopsTheStart(String list) {
            assertThatThrownBy(() -> new TrustedProxies(list)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("What a client sends can't lead a link elsewhere")
    class Injection {

        @ParameterizedTest
        @ValueSource(strings = {"a/b", "a?b", "a#b", "user@evil", "a b", "a\r\nb", "\"", "", "a:b", "[x]", "é"})
        void anInventedHostLeadsNowhere(String host) {
            assertThat(fromRequest(LOOPBACK).of(request(null, "192.0.2.1", host, Map.of())))
                    .isEqualTo("http://localhost:8080");
            assertThat(fromRequest(LOOPBACK)
                            .of(request(null, "127.0.0.1", "x", Map.of("X-Forwarded-Proto", "javascript"))))
                    .isEqualTo("http://localhost:8080");
        }
    }

    @Nested
    @DisplayName("Lists are paged by limit and an opaque cursor")
    class Pages {

        static final String LIST = "http://oath.example.com:8080/v1/environments/" + ENVIRONMENT + "/oathTokens";

        @Test
        void theLinkToItselfKeepsTheQuery() {
            HalPage<String> page = links("limit=100&filter=a%20eq%20%22b%22")
                    .listing("groups", List.<String>of(), text -> text, new Paging(100, null), null);

            assertThat(page.links()).containsOnlyKeys("self");
            assertThat(href(page, "self")).isEqualTo(LIST + "?limit=100&filter=a%20eq%20%22b%22");
            assertThat(page.size()).isZero();
            assertThat(page.count()).isZero();
        }

        @Test
        void theLinkToTheNextKeepsTheOtherParameters() {
            HalPage<String> page = links("cursor=old&limit=1&expand=devices")
                    .listing("groups", List.of("x"), text -> text, new Paging(1, "old"), "ü/1");
            String next = href(page, "next");

            assertThat(next).startsWith(LIST + "?limit=1&expand=devices&cursor=");
            String cursor = next.substring(next.lastIndexOf('=') + 1);
            assertThat(Paging.of("1", cursor, 10, 100)).isEqualTo(new Paging(1, "ü/1"));
        }

        @Test
        void aListWithoutAQueryHasANextPageToo() {
            assertThat(href(
                            links(null).listing("groups", List.of("x"), text -> text, new Paging(1, null), "x"),
                            "next"))
                    .isEqualTo(LIST + "?cursor=eA");
        }

        @Test
        void withoutParametersItIsTheFirstUsualPage() {
            assertThat(Paging.of(null, null, 100, 200)).isEqualTo(new Paging(100, null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "201", "+1", "1.5", "", " 1", "x", "99999999999", "١"})
        void refusesOtherLimits(String limit) {
            assertRefused(limit, null);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "*", "a b", "gIA", "A"})
        void refusesOtherCursors(String cursor) {
            assertRefused("10", cursor);
        }

        void assertRefused(String limit, @Nullable String cursor) {
            assertThatThrownBy(() -> Paging.of(limit, cursor, 100, 200))
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessage("A query string parameter or value is not valid for this request.");
        }
    }
}
