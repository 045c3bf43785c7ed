package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Enrolment.Listed;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * An enrolment as an LDAP entry, and back. The list of devices is one value, for LDAP keeps no order among several: ids
 * between spaces, with {@code /temporary}, {@code /replaced} or {@code /unproven} behind those that are.
 */
final class EnrolmentEntry {

    private static final String TEMPORARY = "/temporary";
    private static final String REPLACED = "/replaced";
    private static final String UNPROVEN = "/unproven";
    private static final int MAX_MARKS = 16;

    private EnrolmentEntry() {}

    static DN dn(Environment environment, UUID person) {
        return new DN(new RDN(Schema.ID, person.toString()), environment.enrolments());
    }

    static Entry of(Environment environment, Enrolment enrolment) {
        Entry entry = Attributes.newEntry(dn(environment, enrolment.person()), "top", Schema.OATHBOUND_ENROLMENT);
        Attributes.put(entry, Schema.CREATED_AT, enrolment.createdAt());
        return with(entry, enrolment);
    }

    /** The entry as it shall be. */
    static Entry with(Entry entry, Enrolment enrolment) {
        Entry changed = Attributes.with(entry, Schema.IDENTITY, enrolment.identity());
        Attributes.put(changed, Schema.ENABLED, enrolment.enabled() ? null : false);
        Attributes.put(changed, Schema.MFA_ENABLED, enrolment.mfaEnabled());
        Attributes.put(changed, Schema.CODE_REQUIRED, enrolment.codeRequired());
        Attributes.put(changed, Schema.BYPASS_UNTIL, enrolment.bypassUntil());
        String devices = enrolment.devices().stream().map(EnrolmentEntry::text).collect(Collectors.joining(" "));
        Attributes.put(changed, Schema.DEVICES, devices.isEmpty() ? null : devices);
        return changed;
    }

    /** The entry with one mark of a job's row more; the oldest go. */
    static Entry marked(Entry entry, @Nullable String mark) {
        if (mark == null) {
            return entry;
        }
        List<String> marks = Stream.concat(Attributes.values(entry, Schema.LAST_JOB).stream(), Stream.of(mark))
                .distinct()
                .sorted() // ids of jobs begin with their time
                .toList();
        return Attributes.with(
                entry, Schema.LAST_JOB, marks.subList(Math.max(0, marks.size() - MAX_MARKS), marks.size()));
    }

    static Entry unmarked(Entry entry, @Nullable String mark) {
        Entry unmarked = entry.duplicate();
        if (mark != null) {
            unmarked.removeAttributeValue(Schema.LAST_JOB, mark);
        }
        return unmarked;
    }

    static Entry updated(Entry entry, Instant now) {
        return Attributes.with(entry, Schema.UPDATED_AT, now);
    }

    static Entry closed(Entry entry, Instant now) {
        return Attributes.with(entry, Schema.CLOSED_AT, now);
    }

    /** The entry of a person whose sessions have ended: access tokens and connections that began before are not good. */
    static Entry sessionsEnded(Entry entry, Instant now) {
        return Attributes.with(entry, Schema.SESSIONS_ENDED_AT, now);
    }

    /** Whether the person signs on at all; absent is yes. */
    static boolean isEnabled(Entry entry) {
        return !"FALSE".equals(entry.getAttributeValue(Schema.ENABLED));
    }

    static boolean isClosed(Entry entry) {
        return entry.hasAttribute(Schema.CLOSED_AT);
    }

    /** The person's id, which names the entry. */
    static UUID person(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> Attributes.uuid(entry, Schema.ID));
    }

    /** The enrolment; {@link Problem.Corrupt} when anything of it can't be read. */
    static Enrolment enrolment(Entry entry) {
        return UnreadableEntries.naming(entry.getDN(), () -> readable(entry));
    }

    /**
     * What can be read of an enrolment that is to be removed: the person's id, and the devices. One whose identity
     * can't be read gets its own DN there, which no identity has.
     */
    static Enrolment remains(UUID person, ReadOnlyEntry entry) {
        try {
            return enrolment(entry);
        } catch (Problem.Corrupt e) {
            DN identity = entry.getAttributeValueAsDN(Schema.IDENTITY);
            return new Enrolment(
                    person,
                    identity == null ? Directory.nameOf(entry) : identity,
                    isEnabled(entry),
                    readableDevices(entry),
                    true,
                    true,
                    null,
                    null,
                    Instant.EPOCH);
        }
    }

    private static List<Listed> readableDevices(Entry entry) {
        String devices = Objects.requireNonNullElse(entry.getAttributeValue(Schema.DEVICES), "");
        return Stream.of(devices.split(" "))
                .filter(text -> Texts.isUuid(text.split("/", 2)[0]))
                .map(EnrolmentEntry::listed)
                .toList();
    }

    private static Enrolment readable(Entry entry) {
        return new Enrolment(
                person(entry),
                identity(entry),
                isEnabled(entry),
                devices(entry),
                Attributes.isTrue(entry, Schema.MFA_ENABLED),
                Attributes.isTrue(entry, Schema.CODE_REQUIRED),
                Attributes.timeOrNull(entry, Schema.BYPASS_UNTIL),
                PasswordFailures.lastLock(entry).orElse(null),
                Attributes.time(entry, Schema.CREATED_AT));
    }

    private static DN identity(Entry entry) {
        DN identity = entry.getAttributeValueAsDN(Schema.IDENTITY);
        if (identity == null) {
            throw Attributes.unreadable(entry, Schema.IDENTITY);
        }
        return identity;
    }

    private static List<Listed> devices(Entry entry) {
        String devices = entry.getAttributeValue(Schema.DEVICES);
        return devices == null
                ? List.of()
                : Stream.of(devices.split(" ")).map(EnrolmentEntry::listed).toList();
    }

    private static Listed listed(String text) {
        int slash = text.indexOf('/');
        UUID device = UUID.fromString(slash < 0 ? text : text.substring(0, slash));
        return new Listed(device, text.contains(TEMPORARY), text.contains(REPLACED), text.contains(UNPROVEN));
    }

    private static String text(Listed listed) {
        return listed.device()
                + (listed.temporary() ? TEMPORARY : "")
                + (listed.replaced() ? REPLACED : "")
                + (listed.unproven() ? UNPROVEN : "");
    }
}
