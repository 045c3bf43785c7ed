package org.oathbound.token.boundary;

import jakarta.json.JsonObject;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.Faults;
import org.oathbound.token.entity.RequestedToken;

/**
 * Reads a token from the document that PingOne's API describes. Members that it does not know are passed over, as PingOne
 * does.
 */
final class TokenDocument {

    private TokenDocument() {}

    static RequestedToken read(JsonObject document) {
        Faults unread = new Faults();
        JsonFields fields = new JsonFields(document, unread);
        JsonFields hotp = fields.optional("hotp").object();
        JsonFields totp = fields.optional("totp").object();
        return new RequestedToken(
                fields.optional("serialNumber").text(),
                fields.optional("secret").text(),
                fields.optional("type").text(),
                fields.optional("hashAlgorithm").text(),
                fields.optional("otpLength").integer(),
                hotp.isAbsent()
                        ? null
                        : new RequestedToken.Hotp(hotp.optional("counter").integer()),
                totp.isAbsent()
                        ? null
                        : new RequestedToken.Totp(totp.optional("timeStep").integer(), null),
                fields.optional("rowNumber").integer(),
                fields.optional("manufacturer").text(),
                fields.optional("model").text(),
                fields.optional("expiresAt").text(),
                fields.optional("validFrom").text(),
                fields.optional("validUntil").text(),
                unread.all());
    }
}
