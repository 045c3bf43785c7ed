package org.oathbound.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds absolute links for the answer to the current request. Only while a request is served. */
@ApplicationScoped
public class Links {

    private final HttpServletRequest request;
    private final BaseUrl base;

    /** @param request the current request of the calling thread, by the container's proxy */
    @Inject
    public Links(HttpServletRequest request, BaseUrl base) {
        this.request = request;
        this.base = base;
    }

    /** {@code /v1/environments/{environment}} and what is below it: one argument for each segment. */
    public Link environment(UUID environment, Object... segments) {
        return below("/v1/environments/" + environment, segments);
    }

    /** {@code /directory/v1/} and what is below it, in the form that it has in a URL. */
    public Link directory(String encoded) {
        return new Link(base.of(request) + "/directory/v1/" + encoded);
    }

    /** {@code /{environment}} and what is below it: what PingOne has at its authorization host. */
    public Link authorization(UUID environment, Object... segments) {
        return below("/" + environment, segments);
    }

    /** The links that every resource below an environment has: to itself, and to its environment. */
    public Map<String, Link> of(UUID environment, Object... segments) {
        Map<String, Link> links = new LinkedHashMap<>();
        links.put("self", environment(environment, segments));
        links.put("environment", environment(environment));
        return links;
    }

    /** This request's own URL, with its query. */
    public Link self() {
        return withQuery(request.getQueryString());
    }

    /** A list that is one page. */
    public <S, T> HalPage<T> listing(String name, List<S> found, Function<S, T> shown) {
        return listing(name, found, shown, new Paging(Integer.MAX_VALUE, null), null);
    }

    /**
     * One page of a list, with the links to itself and to the page behind it.
     *
     * @param name what the list is called in {@code _embedded}
     * @param shown what is shown of each
     * @param paging which page it is
     * @param last the naming value of the page's last item, when there are more behind it; otherwise null
     */
    public <S, T> HalPage<T> listing(
            String name, List<S> found, Function<S, T> shown, Paging paging, @Nullable String last) {
        List<T> items = found.stream().map(shown).toList();
        Map<String, Link> links = new LinkedHashMap<>();
        links.put("self", self());
        if (last != null) {
            links.put("next", withQuery(queryBehind(last)));
        }
        // The number of all is known without a scan only when this page is all.
        Integer count = paging.after() == null && last == null ? (Integer) items.size() : null;
        return new HalPage<>(links, Map.of(name, items), count, items.size());
    }

    private Link below(String path, Object... segments) {
        return new Link(base.of(request)
                + path
                + Arrays.stream(segments)
                        .map(segment -> "/" + encode(segment.toString()))
                        .collect(Collectors.joining()));
    }

    private Link withQuery(@Nullable String query) {
        return new Link(base.of(request) + request.getRequestURI() + (query == null ? "" : "?" + query));
    }

    /** This request's own URL, but for the page that this cursor stands for. */
    public Link next(String cursor) {
        return withQuery(queryWith(cursor));
    }

    private String queryBehind(String last) {
        return queryWith(Paging.cursor(last));
    }

    /** This request's query with another cursor. */
    private String queryWith(String cursor) {
        String query = request.getQueryString();
        String others = query == null
                ? ""
                : Arrays.stream(query.split("&", -1))
                        .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("cursor="))
                        .map(parameter -> parameter + "&")
                        .collect(Collectors.joining());
        return others + "cursor=" + cursor;
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
