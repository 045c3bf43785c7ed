package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFDeleteChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFModifyDNChangeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes the effect of each change on the stored entries, by the rules of LDAP (RFC 4511); changes nothing itself.
 */
final class Edits {

    private final DN suffix;
    private final com.unboundid.ldap.sdk.schema.Schema schema;
    private final SchemaCheck check;
    private final EntryIndex index;

    Edits(DN suffix, com.unboundid.ldap.sdk.schema.Schema schema, EntryIndex index) {
        this.suffix = suffix;
        this.schema = schema;
        this.check = new SchemaCheck(schema);
        this.index = index;
    }

    /** The entry that a change adds, checked and complete, whatever there is already; null for any other change. */
    @Nullable
    ReadOnlyEntry added(LDIFChangeRecord change, DN dn) throws LDAPException {
        return change instanceof LDIFAddChangeRecord add ? check.complete(dn, add) : null;
    }

    /** @param added what {@link #added} says of the change */
    Edit of(LDIFChangeRecord change, DN dn, @Nullable ReadOnlyEntry added) throws LDAPException {
        if (added != null) {
            return add(dn, added);
        } else if (change instanceof LDIFModifyChangeRecord modify) {
            return new Edit(List.of(), List.of(check.modified(asserted(dn, modify), modify.getModifications())));
        } else if (change instanceof LDIFModifyDNChangeRecord rename) {
            return rename(dn, rename);
        } else if (change instanceof LDIFDeleteChangeRecord delete) {
            return delete(dn, delete);
        }
        throw new IllegalArgumentException("Not a change of LDAP: " + change.getChangeType());
    }

    private Edit add(DN dn, ReadOnlyEntry entry) throws LDAPException {
        if (index.get(dn).isPresent()) {
            throw new LDAPException(ResultCode.ENTRY_ALREADY_EXISTS, "There is an entry " + dn + " already.");
        }
        parentMustExist(dn);
        return new Edit(List.of(), List.of(entry));
    }

    private Edit delete(DN dn, LDIFDeleteChangeRecord delete) throws LDAPException {
        asserted(dn, delete);
        if (index.hasChildren(dn)) {
            throw new LDAPException(ResultCode.NOT_ALLOWED_ON_NONLEAF, "There are entries below " + dn + ".");
        }
        return new Edit(List.of(dn), List.of());
    }

    private Edit rename(DN dn, LDIFModifyDNChangeRecord rename) throws LDAPException {
        ReadOnlyEntry old = asserted(dn, rename);
        DN renamed = new DN(rename.getNewDN().toString(), schema);
        if (!renamed.isDescendantOf(suffix, false) || renamed.isDescendantOf(dn, false)) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM,
                    dn + " can't be moved to " + renamed + ": choose a name below " + suffix
                            + " that is not below the entry itself.");
        }
        if (!renamed.equals(dn) && index.get(renamed).isPresent()) {
            throw new LDAPException(ResultCode.ENTRY_ALREADY_EXISTS, "There is an entry " + renamed + " already.");
        }
        parentMustExist(renamed);
        List<DN> go = new ArrayList<>();
        List<ReadOnlyEntry> come = new ArrayList<>();
        come.add(check.renamed(old, renamed, rename.deleteOldRDN()));
        for (ReadOnlyEntry entry : index.subtree(old).skip(1).toList()) {
            go.add(entry.getParsedDN());
            come.add(new ReadOnlyEntry(moved(entry.getParsedDN(), dn, renamed), schema, entry.getAttributes()));
        }
        go.add(dn);
        return new Edit(renamed.equals(dn) ? List.of() : go, come);
    }

    private static DN moved(DN entry, DN from, DN to) {
        RDN[] own = Arrays.copyOf(entry.getRDNs(), entry.getRDNs().length - from.getRDNs().length);
        DN moved = to;
        for (int i = own.length - 1; i >= 0; i--) {
            moved = new DN(own[i], moved);
        }
        return moved;
    }

    /** The entry that is to be changed, if it is as the change's assertions say (RFC 4528), which older journals have. */
    private ReadOnlyEntry asserted(DN dn, LDIFChangeRecord change) throws LDAPException {
        ReadOnlyEntry entry = index.get(dn)
                .orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + dn + "."));
        for (Control control : change.getControls()) {
            if (!new AssertionRequestControl(control).getFilter().matchesEntry(entry, schema)) {
                throw new LDAPException(ResultCode.ASSERTION_FAILED, dn + " is not what it was.");
            }
        }
        return entry;
    }

    private void parentMustExist(DN dn) throws LDAPException {
        DN parent = dn.getParent();
        if (!dn.equals(suffix) && (parent == null || index.get(parent).isEmpty())) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no entry " + parent + ".");
        }
    }
}
