package org.oathbound.commandline.control;

import com.fasterxml.jackson.databind.JsonNode;
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

    /**
     * What an answer says.
     *
     * @param body the error envelope, or OAuth's error; a missing node when it was neither
     * @param retryAfter seconds, as the service has them in its header
     */
    static Refusal of(int status, JsonNode body, @Nullable String retryAfter) {
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

    /** RFC 9110 allows a date as well, which nobody sends who means seconds. */
    private static int seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,4}") ? Math.max(1, Integer.parseInt(retryAfter)) : 1;
    }

    private static int exitCode(int status, Set<String> codes) {
        if (LATER.contains(status)) {
            return ExitCode.TRY_LATER;
        }
        return codes.stream().anyMatch(ABOUT_CODES::contains) ? ExitCode.CODE_REFUSED : ExitCode.FAILED;
    }

    private static String text(int status, JsonNode body, @Nullable String retryAfter) {
        StringBuilder text = new StringBuilder(message(status, body));
        for (JsonNode detail : body.path("details")) {
            String message = detail.path("message").asText();
            if (detail.has("target")) {
                text.append("\n  ")
                        .append(detail.get("target").asText())
                        .append(": ")
                        .append(message);
            } else if (text.indexOf(message) < 0) {
                text.append("\n  ").append(message);
            }
            JsonNode facts = detail.path("innerError");
            if (facts.has("attemptsRemaining")) {
                text.append("\n  Attempts that remain: ")
                        .append(facts.get("attemptsRemaining").asText());
            }
            if (facts.has("retryAfter")) {
                text.append("\n  Seconds until then: ")
                        .append(facts.get("retryAfter").asText());
            }
        }
        if (retryAfter != null) {
            text.append("\n  Seconds until it makes sense to try again: ").append(retryAfter);
        }
        if (body.has("id")) {
            text.append("\n  id ").append(body.get("id").asText());
        }
        return text.toString();
    }

    private static String message(int status, JsonNode body) {
        if (body.has("message")) {
            return body.get("message").asText();
        }
        return body.has("error_description")
                ? body.get("error_description").asText()
                : "The service answered with HTTP status " + status + ".";
    }
}
