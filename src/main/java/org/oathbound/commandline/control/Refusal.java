package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.entity.ExitCode;

/** The service's answer that it does not do what was asked. */
public final class Refusal extends Failure {

    private static final Set<String> ABOUT_CODES = Set.of("INVALID_OTP", "EXTRA_OTP_REQUIRED", "PASSWORD_LOCKED_OUT");
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final int retryAfter;
    private final transient Set<String> codes;

    private Refusal(int exitCode, String message, int retryAfter, Set<String> codes) {
        super(exitCode, message);
        this.retryAfter = retryAfter;
        this.codes = codes;
    }

    /** What an answer says whose body is the error envelope, or OAuth's error, or neither. */
    static Refusal of(HttpResponse<InputStream> answer) {
        int status = answer.statusCode();
        JsonNode body;
        try (InputStream in = answer.body()) {
            body = ServiceClient.parse(in.readAllBytes());
        } catch (IOException e) {
            body = MissingNode.getInstance();
        }
        String retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
        Set<String> codes = new TreeSet<>();
        body.path("details").forEach(detail -> codes.add(detail.path("code").asText()));
        return new Refusal(exitCode(status, codes), text(status, body, retryAfter), seconds(retryAfter), codes);
    }

    /** In how many seconds it makes sense to ask again. */
    int retryAfter() {
        return retryAfter;
    }

    /** Whether one of the answer's details has this code. */
    public boolean has(String code) {
        return codes.contains(code);
    }

    /** RFC 9110 also allows a date, which a server that limits by seconds does not send. */
    private static int seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,4}") ? Math.max(1, Integer.parseInt(retryAfter)) : 1;
    }

    private static int exitCode(int status, Set<String> codes) {
        if (LATER.contains(status)) {
            return ExitCode.TRY_LATER;
        }
        return codes.stream().anyMatch(ABOUT_CODES::contains) ? ExitCode.CODE_REFUSED : ExitCode.FAILED;
    }

    /** Begins with what is wrong; what the envelope says of every fault of its kind comes only where there is nothing else. */
    private static String text(int status, JsonNode body, @Nullable String retryAfter) {
        List<String> lines = new ArrayList<>();
        for (JsonNode detail : body.path("details")) {
            String message = detail.path("message").asText();
            if (detail.has("target")) {
                lines.add(detail.get("target").asText() + ": " + message);
            } else if (lines.stream().noneMatch(line -> line.contains(message))) {
                lines.add(message);
            }
            add(lines, "Attempts that remain: ", detail.at("/innerError/attemptsRemaining"));
            add(lines, "Seconds until then: ", detail.at("/innerError/retryAfter"));
        }
        if (lines.isEmpty()) {
            lines.add(message(status, body));
        }
        if (retryAfter != null) {
            lines.add("Seconds until it makes sense to try again: " + retryAfter);
        }
        add(lines, "id ", body.path("id"));
        return String.join("\n  ", lines);
    }

    private static void add(List<String> lines, String what, JsonNode value) {
        if (!value.isMissingNode()) {
            lines.add(what + value.asText());
        }
    }

    private static String message(int status, JsonNode body) {
        String otherwise = "The service answered with HTTP status " + status + ".";
        return body.path("message").asText(body.path("error_description").asText(otherwise));
    }
}
