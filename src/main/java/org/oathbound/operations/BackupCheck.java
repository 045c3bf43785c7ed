package org.oathbound.operations;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.oathbound.directory.Schema;
import org.oathbound.directory.embedded.Snapshot;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.KeyCheck;
import org.oathbound.sealing.KeySet;
import org.oathbound.sealing.SealedValues;
import org.oathbound.sealing.Seals;

/** A drill: holds a backup against the key set that is kept with it, opens every sealed value, and leaves nothing behind. */
final class BackupCheck {

    private static final int SHOWN = 10;

    private final Seals seals;

    BackupCheck(KeySet keys) {
        this.seals = new Seals(keys);
    }

    /**
     * What is in the file, in words.
     *
     * @throws IllegalStateException when the file is not whole, the key set is another one, or a value does not open
     */
    String check(Path file) throws IOException {
        Snapshot backup = Snapshot.read(file);
        KeyCheck keys = new KeyCheck(seals);
        keys.check(backup.entries().getFirst());
        keys.checkKeysOf(backup.entries());
        List<String> shut = new ArrayList<>();
        int opened = 0;
        for (ReadOnlyEntry entry : backup.entries()) {
            for (String sealed : SealedValues.of(entry).toList()) {
                if (isItsOwn(entry, sealed)) {
                    opened++;
                } else {
                    shut.add(entry.getDN());
                }
            }
        }
        if (!shut.isEmpty()) {
            throw new IllegalStateException("Of the sealed values in " + file + " " + count(shut.size())
                    + " do not open, of: " + String.join("; ", shut.subList(0, Math.min(SHOWN, shut.size()))) + ".");
        }
        return file + " is whole, and restores " + counts(backup) + " below " + backup.suffix() + ". All "
                + count(opened) + " sealed values in it open.";
    }

    /** Whether it opens, and was sealed for that entry. */
    private boolean isItsOwn(ReadOnlyEntry entry, String sealed) {
        try {
            return seals.opened(sealed).id().equalsIgnoreCase(entry.getRDN().getAttributeValues()[0]);
        } catch (LDAPException | Problem.Corrupt e) {
            return false;
        }
    }

    private static String counts(Snapshot backup) {
        Predicate<ReadOnlyEntry> token = entry -> entry.hasObjectClass(Schema.OATHBOUND_TOKEN);
        Predicate<ReadOnlyEntry> revoked = entry -> entry.hasAttribute(Schema.REVOKED_AT);
        return String.join(
                ", ",
                count(backup, entry -> entry.hasObjectClass(Schema.OATHBOUND_ENVIRONMENT)) + " environments",
                count(backup, entry -> entry.hasObjectClass(Schema.OATHBOUND_ENROLMENT)) + " people",
                count(backup, token.and(revoked.negate())) + " tokens",
                count(backup, token.and(revoked)) + " revoked ones",
                count(backup, entry -> entry.hasObjectClass(Schema.OATHBOUND_DEVICE)) + " devices",
                count(backup, entry -> entry.hasObjectClass(Schema.OATHBOUND_APPLICATION)) + " applications",
                count(backup, entry -> entry.hasObjectClass(Schema.OATHBOUND_JOB)) + " jobs");
    }

    private static String count(Snapshot backup, Predicate<ReadOnlyEntry> which) {
        return count(backup.entries().stream().filter(which).count());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
