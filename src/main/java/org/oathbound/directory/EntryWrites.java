package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Optional;

/**
 * Writes as LDAP's clients ask for them (RFC 4511 sections 4.6 to 4.9), who know of no revisions. Each throws {@link
 * RefusedChange} where LDAP has a result code for why it can't be done.
 */
public final class EntryWrites {

    private final Directory directory;

    public EntryWrites(Directory directory) {
        this.directory = directory;
    }

    public void add(DN name, Entry entry) {
        if (!directory.add(entry)) {
            throw taken(name);
        }
    }

    /** Obeys each modification exactly, or none. */
    public void modify(DN name, List<Modification> modifications) {
        Contention.settle(() -> {
            ReadOnlyEntry seen = existing(name);
            return Optional.of(modified(seen, modifications))
                    .filter(wanted -> directory.modifyIfUnchanged(seen, wanted));
        });
    }

    /** Renames or moves an entry, with all that stand below it. */
    public void rename(DN from, DN to, boolean deleteOldName) {
        Contention.settle(() -> {
            ReadOnlyEntry seen = existing(from);
            existing(to.getParent());
            if (!to.equals(from) && directory.read(to).isPresent()) {
                throw taken(to);
            }
            return Optional.of(to).filter(name -> directory.rename(from, name, deleteOldName, unchanged(seen)));
        });
    }

    public void delete(DN name) {
        if (!directory.delete(name)) {
            throw unknown(name);
        }
    }

    private static Entry modified(ReadOnlyEntry seen, List<Modification> modifications) {
        try {
            return Entry.applyModifications(seen, false, modifications);
        } catch (LDAPException e) {
            throw new RefusedChange("The modifications do not fit " + seen.getDN(), e);
        }
    }

    private static Filter unchanged(ReadOnlyEntry seen) {
        String revision = seen.getAttributeValue(Schema.REVISION);
        return revision == null ? Attributes.ANY : Filter.createEqualityFilter(Schema.REVISION, revision);
    }

    private ReadOnlyEntry existing(DN name) {
        return directory.read(name).orElseThrow(() -> unknown(name));
    }

    private static RefusedChange taken(DN name) {
        return new RefusedChange(ResultCode.ENTRY_ALREADY_EXISTS, "There is an entry " + name + " already.");
    }

    private static RefusedChange unknown(DN name) {
        return new RefusedChange(ResultCode.NO_SUCH_OBJECT, "There is no entry " + name + ".");
    }
}
