package org.oathbound.authentication.boundary;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.oathbound.application.entity.Application;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * What a program asks for when it sends a person to sign in (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
 *
 * @param application enabled, and it waits at the redirect URI
 * @param state what the program wants back, as it was sent
 */
record AuthorizationRequest(
        Application application,
        String redirectUri,
        String responseType,
        String challenge,
        String challengeMethod,
        Optional<String> state) {

    /** What the sign-in page must send again. */
    static final List<String> NAMES = List.of(
            "client_id", "redirect_uri", "response_type", "code_challenge", "code_challenge_method", "state", "scope");

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern STATE = Pattern.compile("[ -~]{1,1000}");

    /** {@link Problem.InvalidRequest} for a parameter that comes twice (RFC 6749 section 3.1). */
    static Map<String, String> parameters(MultivaluedMap<String, String> sent) {
        Map<String, String> parameters = new LinkedHashMap<>();
        sent.forEach((name, values) -> {
            if (values.size() > 1) {
                throw invalid(name, "The parameter comes more than once.");
            }
            parameters.put(name, values.getFirst());
        });
        return parameters;
    }

    /** Throws {@link Problem.InvalidRequest} for a redirect URI that is not registered: no browser is sent there. */
    static AuthorizationRequest of(Optional<Application> known, Map<String, String> parameters) {
        Application application = known.filter(Application::enabled)
                .orElseThrow(() -> invalid("client_id", "There is no such application."));
        String redirectUri = parameters.getOrDefault("redirect_uri", "");
        if (!application.registration().redirectUris().contains(redirectUri)) {
            throw invalid("redirect_uri", "The redirect URI is none of the application's.");
        }
        return new AuthorizationRequest(
                application,
                redirectUri,
                parameters.getOrDefault("response_type", ""),
                parameters.getOrDefault("code_challenge", ""),
                parameters.getOrDefault("code_challenge_method", ""),
                Optional.ofNullable(parameters.get("state")));
    }

    /** Why it can't be done, as the program is told at its redirect URI (RFC 6749 section 4.1.2.1). */
    Optional<String> error() {
        if (!responseType.equals("code")) {
            return Optional.of("unsupported_response_type");
        }
        boolean isRight = challengeMethod.equals("S256")
                && CHALLENGE.matcher(challenge).matches()
                && state.filter(text -> !STATE.matcher(text).matches()).isEmpty();
        return isRight ? Optional.empty() : Optional.of("invalid_request");
    }

    /**
     * Where the person is sent.
     *
     * @param name {@code code} or {@code error}
     * @param issuer so that the program knows who has answered (RFC 9207)
     */
    URI answer(String name, String value, String issuer) {
        UriBuilder uri =
                UriBuilder.fromUri(redirectUri).queryParam(name, "{value}").queryParam("iss", "{iss}");
        Map<String, Object> values = new LinkedHashMap<>(Map.of("value", value, "iss", issuer));
        state.filter(text -> STATE.matcher(text).matches()).ifPresent(text -> {
            uri.queryParam("state", "{state}");
            values.put("state", text);
        });
        return uri.buildFromMap(values);
    }

    private static Problem.InvalidRequest invalid(String name, String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_PARAMETER, name, message);
    }
}
