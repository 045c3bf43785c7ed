package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Schema;
import org.oathbound.environment.OathSettings;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.NewToken;

/**
 * A token as an LDAP administrator adds it: an entry of OATH-LDAP's, its secret in the clear ({@code oathSecret}, the octets of
 * the key). The rules are those for every new token; what Oathbound keeps on a token by itself nobody else sets.
 */
public final class AddedToken {

    private static final Set<String> TAKEN = Stream.of(
                    Schema.OBJECT_CLASS,
                    Schema.CN,
                    Schema.TOKEN_IDENTIFIER,
                    Schema.SERIAL_NUMBER,
                    Schema.SECRET,
                    Schema.HOTP_COUNTER,
                    Schema.TOTP_TIME_STEP_PERIOD,
                    Schema.OTP_LENGTH,
                    Schema.HMAC_ALGORITHM,
                    Schema.MANUFACTURER,
                    Schema.MODEL,
                    Schema.EXPIRES_AT)
            .map(HiddenAttributes::canonical)
            .collect(Collectors.toUnmodifiableSet());

    private static final Map<String, String> TEXTS = Map.of(
            Schema.SERIAL_NUMBER, "serialNumber",
            Schema.MANUFACTURER, "manufacturer",
            Schema.MODEL, "model");

    private AddedToken() {}

    /**
     * Reads and checks an entry.
     *
     * @throws Problem.InvalidData with every fault, by the names that the HTTP API has for them; none shows the secret
     */
    public static NewToken read(Entry entry, OathSettings settings) {
        List<Detail> faults = entry.getAttributes().stream()
                .flatMap(attribute -> fault(attribute).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new Problem.InvalidData(faults);
        }
        return TokenDocument.read(document(entry), settings, TokenDocument.MINIMUM_SECRET_BITS);
    }

    private static Optional<Detail> fault(Attribute attribute) {
        String name = attribute.getBaseName();
        if (!TAKEN.contains(HiddenAttributes.canonical(attribute.getName()))) {
            return Optional.of(new Detail(
                    DetailCode.INVALID_VALUE, name, "The attribute of a token can't be written through LDAP."));
        }
        boolean isOne = attribute.size() == 1 || name.equalsIgnoreCase(Schema.OBJECT_CLASS);
        return isOne
                ? Optional.empty()
                : Optional.of(new Detail(DetailCode.INVALID_VALUE, name, "The attribute has one value."));
    }

    private static JsonObject document(Entry entry) {
        JsonObjectBuilder document = Json.createObjectBuilder();
        TEXTS.forEach((attribute, member) -> put(document, member, entry.getAttributeValue(attribute)));
        byte @Nullable [] secret = entry.getAttributeValueBytes(Schema.SECRET);
        put(document, "secret", secret == null ? null : HexFormat.of().formatHex(secret));
        put(document, "hashAlgorithm", TokenEntry.hashName(entry));
        put(document, "expiresAt", time(entry.getAttributeValue(Schema.EXPIRES_AT)));
        document.add("otpLength", number(entry, Schema.OTP_LENGTH, 6));
        boolean hotp = entry.hasObjectClass(Schema.HOTP_TOKEN);
        if (hotp != entry.hasObjectClass(Schema.TOTP_TOKEN)) {
            document.add("type", hotp ? "HOTP" : "TOTP");
        }
        if (hotp) {
            document.add("hotp", Json.createObjectBuilder().add("counter", TokenEntry.nextCounter(entry)));
        } else {
            long seconds = number(entry, Schema.TOTP_TIME_STEP_PERIOD, 30);
            document.add("totp", Json.createObjectBuilder().add("timeStep", seconds));
        }
        return document.build();
    }

    private static void put(JsonObjectBuilder document, String member, @Nullable String value) {
        if (value != null) {
            document.add(member, value);
        }
    }

    /** One that can't be read is none of those that are allowed. */
    private static long number(Entry entry, String attribute, long usual) {
        Long number = entry.getAttributeValueAsLong(attribute);
        return number != null ? number : entry.hasAttribute(attribute) ? -1 : usual;
    }

    private static @Nullable String time(@Nullable String text) {
        try {
            return text == null ? null : GeneralizedTime.parse(text).toString();
        } catch (Problem.Corrupt e) {
            return text; // which the rules refuse
        }
    }
}
