package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFDeleteChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFModifyDNChangeRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The embedded directory's entries: the rules of LDAP (RFC 4511) for each change, by UnboundID's SDK, and immutable
 * entries that {@link EntryIndex} shows to readers. SDK's own in-memory handler would take the same lock for reading as
 * for writing, compare DNs all the way down a tree for each look-up, and walk all entries for a delete.
 */
final class Store {

    private final DN suffix;
    private final com.unboundid.ldap.sdk.schema.Schema schema = Ldif.schema();
    private final SchemaCheck check = new SchemaCheck(schema);
    private final EntryIndex index = new EntryIndex();
    private final ReentrantLock writing = new ReentrantLock();

    Store(DN suffix) {
        this.suffix = suffix;
        for (Entry entry : Ldif.baseTree(suffix)) {
            LDAPResult added = write(new LDIFAddChangeRecord(entry));
            if (!added.getResultCode().equals(ResultCode.SUCCESS)) {
                throw new IllegalArgumentException("Can't add " + entry.getDN() + ": " + added.getDiagnosticMessage());
            }
        }
    }

    DN suffix() {
        return suffix;
    }

    com.unboundid.ldap.sdk.schema.Schema schema() {
        return schema;
    }

    EntryIndex index() {
        return index;
    }

    /** An entry by its name; the subschema subentry too. */
    Optional<ReadOnlyEntry> entry(DN dn) throws LDAPException {
        ReadOnlyEntry subschema = schema.getSchemaEntry();
        return subschema.getParsedDN().equals(dn) ? Optional.of(subschema) : index.get(dn);
    }

    /** Every change of an entry is made here, whichever door it came through. */
    LDAPResult write(LDIFChangeRecord change) {
        try {
            DN dn = new DN(change.getDN(), schema);
            if (!dn.isDescendantOf(suffix, true)) {
                throw new LDAPException(
                        ResultCode.UNWILLING_TO_PERFORM, "Only entries below " + suffix + " can be written.");
            }
            // What an add is worth can be told before its turn.
            ReadOnlyEntry added = change instanceof LDIFAddChangeRecord add ? check.complete(dn, add) : null;
            writing.lock();
            try {
                apply(change, dn, added);
            } finally {
                writing.unlock();
            }
            return new LDAPResult(0, ResultCode.SUCCESS, null, null, List.of(), List.of());
        } catch (LDAPException e) {
            return e.toLDAPResult();
        }
    }

    private void apply(LDIFChangeRecord change, DN dn, @Nullable ReadOnlyEntry added) throws LDAPException {
        if (added != null) {
            add(dn, added);
        } else if (change instanceof LDIFModifyChangeRecord modify) {
            index.put(check.modified(existing(dn), modify.getModifications()));
        } else if (change instanceof LDIFModifyDNChangeRecord rename) {
            rename(dn, rename);
        } else if (change instanceof LDIFDeleteChangeRecord) {
            delete(dn);
        } else {
            throw new IllegalArgumentException("Not a change of LDAP: " + change.getChangeType());
        }
    }

    private void add(DN dn, ReadOnlyEntry entry) throws LDAPException {
        if (index.get(dn).isPresent()) {
            throw new LDAPException(ResultCode.ENTRY_ALREADY_EXISTS, "There is an entry " + dn + " already.");
        }
        parentMustExist(dn);
        index.put(entry);
    }

    private void delete(DN dn) throws LDAPException {
        existing(dn);
        if (index.hasChildren(dn)) {
            throw new LDAPException(ResultCode.NOT_ALLOWED_ON_NONLEAF, "There are entries below " + dn + ".");
        }
        index.remove(dn);
    }

    private void rename(DN dn, LDIFModifyDNChangeRecord rename) throws LDAPException {
        ReadOnlyEntry old = existing(dn);
        DN renamed = new DN(rename.getNewDN().toString(), schema);
        if (!renamed.isDescendantOf(suffix, false) || renamed.isDescendantOf(dn, false)) {
            throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, dn + " can't be moved to " + renamed + ".");
        }
        if (!renamed.equals(dn) && index.get(renamed).isPresent()) {
            throw new LDAPException(ResultCode.ENTRY_ALREADY_EXISTS, "There is an entry " + renamed + " already.");
        }
        parentMustExist(renamed);
        ReadOnlyEntry first = check.renamed(old, renamed, rename.deleteOldRDN());
        List<ReadOnlyEntry> below = index.subtree(old).skip(1).toList();
        for (ReadOnlyEntry entry : below) {
            index.remove(entry.getParsedDN());
        }
        index.remove(dn);
        index.put(first);
        for (ReadOnlyEntry entry : below) {
            index.put(new ReadOnlyEntry(moved(entry.getParsedDN(), dn, renamed), schema, entry.getAttributes()));
        }
    }

    private static DN moved(DN entry, DN from, DN to) {
        RDN[] own = Arrays.copyOf(entry.getRDNs(), entry.getRDNs().length - from.getRDNs().length);
        DN moved = to;
        for (int i = own.length - 1; i >= 0; i--) {
            moved = new DN(own[i], moved);
        }
        return moved;
    }

    private ReadOnlyEntry existing(DN dn) throws LDAPException {
        return index.get(dn)
                .orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + dn + "."));
    }

    private void parentMustExist(DN dn) throws LDAPException {
        DN parent = dn.getParent();
        if (!dn.equals(suffix) && (parent == null || index.get(parent).isEmpty())) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + parent + ".");
        }
    }
}
