package org.oathbound.oauth.boundary;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.BasicCredentials;
import org.oathbound.problem.Texts;

/**
 * The id and secret of a client that requests an access token (RFC 6749 section 2.3.1).
 *
 * @param byHeader whether they came in the Authorization header
 */
record ClientCredentials(UUID id, String secret, boolean byHeader) {

    private static final UUID NOBODY = new UUID(0, 0);

    /** From the header or the form, but not from both. */
    static ClientCredentials of(@Nullable String authorization, FormParameters form) {
        Optional<String> secret = form.get("client_secret");
        if (authorization == null) {
            return new ClientCredentials(
                    id(form.get("client_id").orElse("")),
                    secret.orElseThrow(() -> OAuthError.invalidClient(false)),
                    false);
        }
        if (secret.isPresent()) {
            throw OAuthError.invalidRequest("The client authenticates in more than one way.");
        }
        ClientCredentials credentials = fromHeader(authorization);
        if (form.get("client_id").filter(id -> !id(id).equals(credentials.id)).isPresent()) {
            throw OAuthError.invalidRequest("The client_id is another than that of the header.");
        }
        return credentials;
    }

    private static ClientCredentials fromHeader(String authorization) {
        BasicCredentials sent = BasicCredentials.of(authorization).orElseThrow(() -> OAuthError.invalidClient(true));
        try {
            return new ClientCredentials(id(unescape(sent.name())), unescape(sent.password()), true);
        } catch (IllegalArgumentException e) {
            throw OAuthError.invalidClient(true);
        }
    }

    private static String unescape(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A text that is no id costs as much as an unknown id. */
    private static UUID id(String text) {
        return Texts.uuid(text).orElse(NOBODY);
    }

    @Override
    public String toString() {
        return "ClientCredentials[" + id + "]";
    }
}
