package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.FailureState;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.MovingFactor;
import org.oathbound.token.entity.MovingFactor.Counter;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Pairing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Token.HotpToken;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.TemporaryToken;
import org.oathbound.token.entity.Token.TotpToken;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Validity;

/**
 * A token as an LDAP entry, and back. OATH-LDAP's {@code oathHOTPCounter} is the last redeemed counter, RFC 4226's C the
 * next expected one: here is the only place that converts.
 */
final class TokenEntry {

    private TokenEntry() {}

    static DN dn(Environment environment, TokenId id) {
        return new DN(new RDN(Schema.TOKEN_IDENTIFIER, id.toString()), environment.tokens());
    }

    /**
     * The entry of a token that begins a life.
     *
     * @param firstAllowed the lowest counter, or the lowest time step, whose code this life may accept
     */
    static Entry begin(DN dn, NewToken token, Secret secret, long firstAllowed, @Nullable JobRow origin, Instant now) {
        boolean hotp = token.movingFactor() instanceof Counter;
        Entry entry = Attributes.newEntry(
                dn,
                "top",
                Schema.DEVICE,
                Schema.OATH_TOKEN,
                hotp ? Schema.HOTP_TOKEN : Schema.TOTP_TOKEN,
                Schema.OATHBOUND_TOKEN);
        Attributes.put(entry, Schema.CN, token.serialNumber().value());
        Attributes.put(entry, Schema.SERIAL_NUMBER, token.serialNumber().value());
        Attributes.put(entry, Schema.LIFE, secret.life());
        Attributes.put(entry, Schema.SECRET, secret.sealed());
        Attributes.put(entry, Schema.KEY_ID, secret.keyId());
        Attributes.put(entry, Schema.OTP_LENGTH, token.digits());
        Attributes.put(entry, Schema.HMAC_ALGORITHM, oid(token.algorithm()));
        Attributes.put(entry, Schema.FAILURE_COUNT, "0");
        if (token.movingFactor() instanceof TimeStep timeStep) {
            Attributes.put(entry, Schema.TOTP_TIME_STEP_PERIOD, timeStep.seconds());
            Attributes.put(entry, Schema.TOTP_DRIFT, timeStep.drift());
            Attributes.put(entry, Schema.DRIFT_BASE, timeStep.drift() == 0 ? null : (Integer) timeStep.drift());
        }
        Attributes.put(entry, Schema.VALID_FROM, token.validity().from());
        Attributes.put(entry, Schema.VALID_UNTIL, token.validity().until());
        Attributes.put(entry, lastUsedAttribute(hotp), firstAllowed - 1);
        describe(entry, token.label());
        Attributes.put(entry, Schema.ORIGIN, origin);
        Attributes.put(entry, Schema.CREATED_AT, now);
        return entry;
    }

    /** A life's secret as it is stored. */
    record Secret(String life, String sealed, String keyId) {}

    /** The lowest counter or time step that is still good: one above what was used last. */
    static long firstAllowed(Entry entry) {
        return Attributes.number(entry, lastUsedAttribute(isHotp(entry))) + 1;
    }

    static void putFirstAllowed(Entry entry, long firstAllowed) {
        Attributes.put(entry, lastUsedAttribute(isHotp(entry)), firstAllowed - 1);
    }

    static boolean isRevoked(Entry entry) {
        return entry.hasAttribute(Schema.REVOKED_AT);
    }

    private static Optional<JobRow> origin(Entry entry) {
        return Optional.ofNullable(entry.getAttributeValue(Schema.ORIGIN)).map(JobRow::parse);
    }

    static MovingFactor movingFactor(Entry entry) {
        return isHotp(entry)
                ? new Counter(firstAllowed(entry))
                : new TimeStep((int) Attributes.number(entry, Schema.TOTP_TIME_STEP_PERIOD));
    }

    static HashAlgorithm algorithm(Entry entry) {
        return algorithm(entry.getAttributeValue(Schema.HMAC_ALGORITHM))
                .orElseThrow(() -> Attributes.unreadable(entry, Schema.HMAC_ALGORITHM));
    }

    /**
     * The API's name for the hash of an entry that any LDAP client may have written; its OID when that is none of ours.
     */
    static @Nullable String hashName(Entry entry) {
        String oid = entry.getAttributeValue(Schema.HMAC_ALGORITHM);
        return algorithm(oid).map(HashAlgorithm::macName).orElse(oid);
    }

    /**
     * The next expected counter of an entry that any LDAP client may have written; a negative one when it can't be
     * read.
     */
    static long nextCounter(Entry entry) {
        Long last = entry.getAttributeValueAsLong(Schema.HOTP_COUNTER);
        if (last == null) {
            return entry.hasAttribute(Schema.HOTP_COUNTER) ? -1 : 0;
        }
        return last < Long.MAX_VALUE ? last + 1 : last;
    }

    private static Optional<HashAlgorithm> algorithm(@Nullable String oid) {
        return Stream.of(HashAlgorithm.values())
                .filter(algorithm -> oid(algorithm).equals(oid))
                .findFirst();
    }

    /** The token; {@link Problem.Corrupt} when anything of it can't be read. */
    static Token token(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> readable(entry));
    }

    private static Token readable(Entry entry) {
        Instant createdAt = Attributes.time(entry, Schema.CREATED_AT);
        Instant updatedAt = Attributes.timeOrNull(entry, Schema.UPDATED_AT); // there only once something has changed
        Metadata metadata = new Metadata(
                new TokenId(Attributes.uuid(entry, Schema.TOKEN_IDENTIFIER)),
                new SerialNumber(Attributes.text(entry, Schema.SERIAL_NUMBER)),
                use(entry),
                algorithm(entry),
                (int) Attributes.number(entry, Schema.OTP_LENGTH),
                label(entry),
                validity(entry),
                lostAt(entry),
                origin(entry).map(JobRow::job).orElse(null),
                pairings(entry),
                createdAt,
                updatedAt == null ? createdAt : updatedAt);
        FailureState failureState = MovingValues.failureState(entry);
        if (metadata.use() == Use.TEMPORARY) {
            Instant validUntil = Attributes.time(entry, Schema.EXPIRES_AT);
            return new TemporaryToken(metadata, failureState, MovingValues.unused(entry), validUntil);
        }
        return isHotp(entry)
                ? new HotpToken(metadata, failureState, firstAllowed(entry))
                : new TotpToken(
                        metadata,
                        failureState,
                        (int) Attributes.number(entry, Schema.TOTP_TIME_STEP_PERIOD),
                        Attributes.number(entry, Schema.TOTP_LAST_TIME_STEP),
                        (int) Attributes.number(entry, Schema.TOTP_DRIFT),
                        entry.hasAttribute(Schema.DRIFT_BASE) ? (int) Attributes.number(entry, Schema.DRIFT_BASE) : 0);
    }

    /** A fob is one that says nothing else. */
    private static Use use(Entry entry) {
        String use = entry.getAttributeValue(Schema.TOKEN_USE);
        return use == null ? Use.FOB : Use.valueOf(use);
    }

    /** Whether it was made for one device. One whose use can't be read is a fob: nothing of a fob is ever forgotten. */
    static boolean isPersonal(Entry entry) {
        String use = entry.getAttributeValue(Schema.TOKEN_USE);
        return Use.APP.name().equals(use) || Use.TEMPORARY.name().equals(use);
    }

    /** {@link Problem.Corrupt} when a value can't be read. */
    static List<Pairing> pairings(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> Attributes.values(entry, Schema.PAIRING).stream()
                .map(TokenEntry::pairing)
                .toList());
    }

    /** Those whose values can be read. */
    static List<Pairing> readablePairings(Entry entry) {
        return Attributes.values(entry, Schema.PAIRING).stream()
                .flatMap(value -> {
                    try {
                        return Stream.of(pairing(value));
                    } catch (IllegalArgumentException | IndexOutOfBoundsException | Problem.Corrupt e) {
                        return Stream.empty();
                    }
                })
                .toList();
    }

    private static Pairing pairing(String value) {
        String[] parts = value.split(" ", -1);
        return new Pairing(UUID.fromString(parts[0]), UUID.fromString(parts[1]), GeneralizedTime.parse(parts[2]));
    }

    /** The value that stands for a pairing. */
    static String text(Pairing pairing) {
        return pairing.person() + " " + pairing.device() + " " + GeneralizedTime.of(pairing.begunAt());
    }

    /** When the codes of the entry's token may be good. */
    static Validity validity(Entry entry) {
        return new Validity(
                Attributes.timeOrNull(entry, Schema.VALID_FROM), Attributes.timeOrNull(entry, Schema.VALID_UNTIL));
    }

    /** Since when the entry's token is said to be lost; null when it is not. */
    static @Nullable Instant lostAt(Entry entry) {
        return Attributes.timeOrNull(entry, Schema.LOST_AT);
    }

    private static NewToken.Label label(Entry entry) {
        return new NewToken.Label(
                entry.hasAttribute(Schema.ROW_NUMBER) ? (int) Attributes.number(entry, Schema.ROW_NUMBER) : null,
                entry.getAttributeValue(Schema.MANUFACTURER),
                entry.getAttributeValue(Schema.MODEL),
                Attributes.timeOrNull(entry, Schema.EXPIRES_AT),
                entry.getAttributeValue(Schema.LOCALITY),
                entry.getAttributeValue(Schema.DESCRIPTION));
    }

    /** Writes what is told about a token, in the place of what was told before. */
    static void describe(Entry entry, NewToken.Label label) {
        Attributes.put(entry, Schema.ROW_NUMBER, label.rowNumber());
        Attributes.put(entry, Schema.MANUFACTURER, label.manufacturer());
        Attributes.put(entry, Schema.MODEL, label.model());
        Attributes.put(entry, Schema.EXPIRES_AT, label.expiresAt());
        Attributes.put(entry, Schema.LOCALITY, label.location());
        Attributes.put(entry, Schema.DESCRIPTION, label.note());
    }

    private static boolean isHotp(Entry entry) {
        return entry.hasObjectClass(Schema.HOTP_TOKEN);
    }

    private static String lastUsedAttribute(boolean hotp) {
        return hotp ? Schema.HOTP_COUNTER : Schema.TOTP_LAST_TIME_STEP;
    }

    private static String oid(HashAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA_1 -> "1.2.840.113549.2.7";
            case SHA_256 -> "1.2.840.113549.2.9";
            case SHA_512 -> "1.2.840.113549.2.11";
        };
    }
}
