package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A token in words. */
final class TokenText {

    static final String[] HEADS = {
        "SERIAL NUMBER", "TYPE", "DIGITS", "HASH", "MOVES BY", "PAIRED", "EXPIRES", "LAST USED"
    };

    private TokenText() {}

    static List<String> cells(JsonNode token) {
        return List.of(
                token.path("serialNumber").asText(),
                token.path("type").asText(),
                token.path("otpLength").asText(),
                token.path("hashAlgorithm").asText(),
                factor(token),
                paired(token.path("devices").size()),
                token.path("expiresAt").asText(),
                token.path("lastUsedAt").asText());
    }

    static String factor(JsonNode token) {
        if (token.has("hotp")) {
            return "counter " + token.at("/hotp/counter").asText();
        }
        int drift = token.at("/totp/drift").asInt();
        return token.at("/totp/timeStep").asText() + " s" + (drift == 0 ? "" : ", drift " + drift);
    }

    private static String paired(int devices) {
        return devices == 0 ? "no" : devices == 1 ? "yes" : devices + " people";
    }
}
