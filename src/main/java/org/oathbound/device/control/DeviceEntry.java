package org.oathbound.device.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.device.entity.Device;
import org.oathbound.directory.Attributes;
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
        Entry entry = Attributes.newEntry(dn(environment, device.id()), "top", Schema.OATHBOUND_DEVICE);
        Attributes.put(entry, Schema.PERSON_ID, device.person());
        Attributes.put(entry, Schema.TOKEN_ID, device.token());
        Attributes.put(entry, Schema.DEVICE_TYPE, device.type());
        Attributes.put(entry, Schema.CREATED_AT, device.createdAt());
        return with(entry, device);
    }

    /** The entry as it shall be: with all of the device that can change. */
    static Entry with(Entry entry, Device device) {
        Entry changed = Attributes.with(entry, Schema.DEVICE_STATUS, device.status());
        Attributes.put(changed, Schema.UPDATED_AT, device.updatedAt());
        Attributes.put(changed, Schema.NAME, device.nickname());
        Attributes.put(changed, Schema.REPLACES, device.replaces());
        Attributes.put(changed, Schema.BLOCKED_AT, device.blockedAt());
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
        String replaces = entry.getAttributeValue(Schema.REPLACES);
        return new Device(
                Attributes.uuid(entry, Schema.ID),
                Attributes.uuid(entry, Schema.PERSON_ID),
                new TokenId(Attributes.uuid(entry, Schema.TOKEN_ID)),
                Device.Type.valueOf(Attributes.text(entry, Schema.DEVICE_TYPE)),
                Device.Status.valueOf(Attributes.text(entry, Schema.DEVICE_STATUS)),
                entry.getAttributeValue(Schema.NAME),
                Attributes.timeOrNull(entry, Schema.BLOCKED_AT),
                replaces == null ? null : UUID.fromString(replaces),
                Attributes.time(entry, Schema.CREATED_AT),
                Attributes.time(entry, Schema.UPDATED_AT));
    }
}
