package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.HexFormat;
import java.util.List;
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
import org.oathbound.token.entity.RequestedToken;
import org.oathbound.token.entity.TokenRules;

/**
 * A token as an LDAP administrator adds it: an entry of OATH-LDAP's, its secret in the clear ({@code oathSecret}, the
 * octets of the key). The rules are those for every new token; a client can't set the attributes that Oathbound
 * maintains on a token.
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
                    Schema.EXPIRES_AT,
                    Schema.VALID_FROM,
                    Schema.VALID_UNTIL)
            .map(HiddenAttributes::canonical)
            .collect(Collectors.toUnmodifiableSet());

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
        return TokenRules.check(request(entry), settings, TokenRules.MINIMUM_SECRET_BITS, null, false);
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

    private static RequestedToken request(Entry entry) {
        byte @Nullable [] secret = entry.getAttributeValueBytes(Schema.SECRET);
        boolean hotp = entry.hasObjectClass(Schema.HOTP_TOKEN);
        boolean isOne = hotp != entry.hasObjectClass(Schema.TOTP_TOKEN);
        return new RequestedToken(
                entry.getAttributeValue(Schema.SERIAL_NUMBER),
                secret == null ? null : HexFormat.of().formatHex(secret),
                !isOne ? null : hotp ? "HOTP" : "TOTP",
                TokenEntry.hashName(entry),
                number(entry, Schema.OTP_LENGTH, 6),
                hotp ? new RequestedToken.Hotp(TokenEntry.nextCounter(entry)) : null,
                hotp ? null : new RequestedToken.Totp(number(entry, Schema.TOTP_TIME_STEP_PERIOD, 30), null),
                null,
                entry.getAttributeValue(Schema.MANUFACTURER),
                entry.getAttributeValue(Schema.MODEL),
                time(entry.getAttributeValue(Schema.EXPIRES_AT)),
                time(entry.getAttributeValue(Schema.VALID_FROM)),
                time(entry.getAttributeValue(Schema.VALID_UNTIL)),
                List.of());
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
