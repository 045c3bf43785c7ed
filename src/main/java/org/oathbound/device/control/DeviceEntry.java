package org.oathbound.device.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;
import org.oathbound.token.entity.TokenId;

/** A device as an LDAP entry, and back. */
final class DeviceEntry {

    private DeviceEntry() {}

    static DN dn(Environment environment, UUID device) {
        return new DN(new RDN(Schema.ID, device.toString()), environment.devices());
    }

    static Entry of(Environment environment, Device device) {
        Entry entry = new Entry(dn(environment, device.id()));
        entry.addAttribute(Schema.OBJECT_CLASS, "top", Schema.OATHBOUND_DEVICE);
        entry.addAttribute(Schema.ID, device.id().toString());
        entry.addAttribute(Schema.REVISION, "0");
        entry.addAttribute(Schema.PERSON_ID, device.person().toString());
        entry.addAttribute(Schema.TOKEN_ID, device.token().toString());
        entry.addAttribute(Schema.DEVICE_TYPE, device.type().name());
        entry.addAttribute(Schema.CREATED_AT, GeneralizedTime.of(device.createdAt()));
        return with(entry, device);
    }

    /** The entry as it shall be: with all of the device that can change. */
    static Entry with(Entry entry, Device device) {
        Entry changed = entry.duplicate();
        changed.setAttribute(Schema.DEVICE_STATUS, device.status().name());
        changed.setAttribute(Schema.UPDATED_AT, GeneralizedTime.of(device.updatedAt()));
        put(changed, Schema.NAME, device.nickname());
        put(changed, Schema.REPLACES, device.replaces());
        put(changed, Schema.BLOCKED_AT, device.blockedAt() == null ? null : GeneralizedTime.of(device.blockedAt()));
        return changed;
    }

    /** The device; {@link Problem.Corrupt} when anything of it can't be read. */
    static Device device(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> readable(entry));
    }

    /** The token's id, as far as that can be read. */
    static Optional<TokenId> token(Entry entry) {
        return uuid(entry, Schema.TOKEN_ID).map(TokenId::new);
    }

    /** The person's id, as far as that can be read. */
    static Optional<UUID> person(Entry entry) {
        return uuid(entry, Schema.PERSON_ID);
    }

    private static Optional<UUID> uuid(Entry entry, String attribute) {
        return Optional.ofNullable(entry.getAttributeValue(attribute))
                .filter(Texts::isUuid)
                .map(UUID::fromString);
    }

    private static Device readable(Entry entry) {
        String blockedAt = entry.getAttributeValue(Schema.BLOCKED_AT);
        String replaces = entry.getAttributeValue(Schema.REPLACES);
        return new Device(
                UUID.fromString(text(entry, Schema.ID)),
                UUID.fromString(text(entry, Schema.PERSON_ID)),
                new TokenId(UUID.fromString(text(entry, Schema.TOKEN_ID))),
                Device.Type.valueOf(text(entry, Schema.DEVICE_TYPE)),
                Device.Status.valueOf(text(entry, Schema.DEVICE_STATUS)),
                entry.getAttributeValue(Schema.NAME),
                blockedAt == null ? null : GeneralizedTime.parse(blockedAt),
                replaces == null ? null : UUID.fromString(replaces),
                time(entry, Schema.CREATED_AT),
                time(entry, Schema.UPDATED_AT));
    }

    private static void put(Entry entry, String attribute, @Nullable Object value) {
        entry.removeAttribute(attribute);
        if (value != null) {
            entry.setAttribute(attribute, value.toString());
        }
    }

    private static Instant time(Entry entry, String attribute) {
        return GeneralizedTime.parse(text(entry, attribute));
    }

    private static String text(Entry entry, String attribute) {
        String text = entry.getAttributeValue(attribute);
        if (text == null) {
            throw new Problem.Corrupt(
                    "The entry " + entry.getDN() + " has no readable " + attribute + ".", entry.getDN());
        }
        return text;
    }
}
