package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * An identity in a corporate directory, as it stands there now.
 *
 * @param id stays with it when it is moved or renamed
 * @param createdAt as that directory says; the epoch where it does not, the same for {@code updatedAt}
 */
record CorporatePerson(DN name, UUID id, Profile profile, Instant createdAt, Instant updatedAt) {

    private static final String CREATED = "createTimestamp";
    private static final String UPDATED = "modifyTimestamp";
    private static final String OBJECT_GUID = "objectGUID";
    private static final int UUID_BYTES = 16;

    /** The attributes that have to be requested. */
    static List<String> attributes(CorporateSettings settings) {
        return List.of(
                settings.idAttribute(),
                settings.usernameAttribute(),
                Schema.MAIL,
                Schema.GIVEN_NAME,
                Schema.SN,
                CREATED,
                UPDATED);
    }

    /** Matches the entry with that id, and no other. */
    static Filter hasId(CorporateSettings settings, UUID id) {
        return isGuid(settings)
                ? Filter.createEqualityFilter(settings.idAttribute(), guid(id))
                : Filter.createEqualityFilter(settings.idAttribute(), id.toString());
    }

    /** Empty for an entry without a readable id, or without a user name. */
    static Optional<CorporatePerson> of(CorporateSettings settings, Entry entry) throws LDAPException {
        @Nullable Attribute id = entry.getAttribute(settings.idAttribute());
        @Nullable String username = entry.getAttributeValue(settings.usernameAttribute());
        if (id == null || username == null) {
            return Optional.empty();
        }
        DN name = entry.getParsedDN();
        return id(settings, id)
                .map(found -> new CorporatePerson(
                        name,
                        found,
                        new Profile(
                                new Username(username),
                                entry.getAttributeValue(Schema.MAIL),
                                entry.getAttributeValue(Schema.GIVEN_NAME),
                                entry.getAttributeValue(Schema.SN)),
                        time(entry, CREATED),
                        time(entry, UPDATED)));
    }

    private static boolean isGuid(CorporateSettings settings) {
        return settings.idAttribute().equalsIgnoreCase(OBJECT_GUID);
    }

    private static Optional<UUID> id(CorporateSettings settings, Attribute attribute) {
        if (isGuid(settings)) {
            return Optional.of(attribute.getValueByteArray())
                    .filter(bytes -> bytes.length == UUID_BYTES)
                    .map(CorporatePerson::uuid);
        }
        return Optional.of(attribute.getValue()).filter(Texts::isUuid).map(UUID::fromString);
    }

    /** Of its five fields Microsoft stores the first three with the least significant byte first, and prints them so. */
    private static UUID uuid(byte[] guid) {
        ByteBuffer fields = ByteBuffer.wrap(guid).order(ByteOrder.LITTLE_ENDIAN);
        long first = Integer.toUnsignedLong(fields.getInt()) << 32
                | Short.toUnsignedLong(fields.getShort()) << 16
                | Short.toUnsignedLong(fields.getShort());
        return new UUID(first, fields.order(ByteOrder.BIG_ENDIAN).getLong());
    }

    private static byte[] guid(UUID id) {
        long first = id.getMostSignificantBits();
        ByteBuffer fields = ByteBuffer.allocate(UUID_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fields.putInt((int) (first >>> 32)).putShort((short) (first >>> 16)).putShort((short) first);
        return fields.order(ByteOrder.BIG_ENDIAN)
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static Instant time(Entry entry, String attribute) {
        @Nullable String text = entry.getAttributeValue(attribute);
        try {
            return text == null ? Instant.EPOCH : GeneralizedTime.parse(text);
        } catch (Problem.Corrupt e) {
            return Instant.EPOCH;
        }
    }
}
