package org.oathbound.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every secret, code, password, client secret and access token that a test has sent or was told, by what it is. What this JVM
 * knows of, no log of a server may have.
 */
final class Confidential {

    /** What a value is. */
    enum Kind {
        SECRET,
        CODE,
        PASSWORD,
        ACCESS_TOKEN,
        KEY
    }

    /** Shorter ones are words that tests send as wrong values, and that a log has anyway. */
    private static final int MIN_LENGTH = 10;

    /** Larger bodies are files of many rows, whose secrets the smaller ones have too. */
    private static final int MAX_BODY = 1 << 20;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern HEX = Pattern.compile("(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{2}){16,}(?![0-9A-Za-z])");
    private static final Pattern CODES = Pattern.compile("[0-9]{6}|[0-9]{8}");
    private static final Pattern OTPAUTH = Pattern.compile("[?&]secret=([A-Z2-7]+)");
    private static final Map<String, Kind> KNOWN = new ConcurrentHashMap<>();

    private Confidential() {}

    static Map<String, Kind> known() {
        return KNOWN;
    }

    static void note(Kind kind, String value) {
        if (kind == Kind.CODE) {
            if (CODES.matcher(value).matches()) {
                KNOWN.put(value, kind);
            }
        } else if (value.length() >= MIN_LENGTH) {
            spellings(kind, value).forEach(spelling -> KNOWN.putIfAbsent(spelling, kind));
        }
    }

    /** What a request has in its headers and its body. */
    static void note(HttpRequest request) {
        request.headers().allValues("Authorization").forEach(Confidential::noteAuthorization);
        String type = request.headers().firstValue("Content-Type").orElse("");
        request.bodyPublisher()
                .filter(body -> body.contentLength() > 0 && body.contentLength() <= MAX_BODY)
                .ifPresent(body -> noteBody(type, textOf(body)));
    }

    /** What stands in a body, sent or received. */
    static void noteBody(String mediaType, String body) {
        if (mediaType.startsWith(Oathbound.FORM)) {
            for (String parameter : body.split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                noteMember(parts[0], value);
                if (parts[0].equals("code")) {
                    note(Kind.ACCESS_TOKEN, value); // it is as good as one
                }
            }
        } else if (body.startsWith("{")) {
            try {
                noteMembers(mediaType.contains("password") ? "password" : "", JSON.readTree(body));
            } catch (JsonProcessingException e) {
                // Sent broken, and refused; whatever is in it is in a whole one too.
            }
        } else {
            HEX.matcher(body).results().forEach(found -> note(Kind.SECRET, found.group()));
        }
    }

    /** The keys of a key set. */
    static void noteKeys(String keySet) {
        try {
            JSON.readTree(keySet).findParents("kty").forEach(key -> Stream.of("k", "d", "p", "q", "dp", "dq", "qi")
                    .forEach(member -> note(Kind.KEY, key.path(member).asText())));
        } catch (JsonProcessingException e) {
            // A test has damaged it.
        }
    }

    /** The values that a process is given. */
    static void noteEnvironment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (value.startsWith("{")) {
                noteKeys(value);
            } else if (name.endsWith("_SECRET") || name.endsWith("_PASSWORD") || name.endsWith("_TOKEN")) {
                note(Kind.PASSWORD, value);
            }
        });
    }

    private static void noteAuthorization(String header) {
        String value = header.substring(header.indexOf(' ') + 1);
        note(Kind.ACCESS_TOKEN, value);
        if (header.startsWith("Basic ")) {
            String text = new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8);
            note(Kind.PASSWORD, text.substring(text.indexOf(':') + 1));
        }
    }

    /** @param above the name of what it is in; arrays and a {@code value} are what that is */
    private static void noteMembers(String above, JsonNode node) {
        if (node.isArray()) {
            node.forEach(element -> noteMembers(above, element));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            noteMembers(member.getKey().equals("value") ? above : member.getKey(), member.getValue()));
        } else if (node.isTextual()) {
            noteMember(above, node.asText());
        }
    }

    private static void noteMember(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (value.startsWith("otpauth:")) {
            OTPAUTH.matcher(value).results().forEach(found -> note(Kind.SECRET, found.group(1)));
        } else if (lower.contains("otp") || lower.contains("code")) {
            note(Kind.CODE, value);
        } else if (lower.contains("secret") && value.indexOf('*') < 0) { // not one that is masked
            note(Kind.SECRET, value);
        } else if (lower.endsWith("password") && !lower.startsWith("enrol")) { // enrolByPassword is a setting
            note(Kind.PASSWORD, value);
        } else if (lower.equals("access_token")) {
            note(Kind.ACCESS_TOKEN, value);
        }
    }

    /** As it stands, and as others may write it. */
    private static Stream<String> spellings(Kind kind, String value) {
        Stream<String> asText = Stream.of(value, URLEncoder.encode(value, StandardCharsets.UTF_8));
        if (kind != Kind.SECRET || !HEX.matcher(value).matches()) {
            return asText;
        }
        byte[] bytes = HexFormat.of().parseHex(value);
        return Stream.of(
                value.toUpperCase(Locale.ROOT),
                value.toLowerCase(Locale.ROOT),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                Arrays.toString(bytes));
    }

    private static String textOf(HttpRequest.BodyPublisher body) {
        Received received = new Received();
        body.subscribe(received);
        return received.text.join();
    }

    /** What a publisher sends. */
    private static final class Received implements Subscriber<ByteBuffer> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer part) {
            byte[] read = new byte[part.remaining()];
            part.duplicate().get(read);
            bytes.writeBytes(read);
        }

        @Override
        public void onError(Throwable error) {
            text.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
