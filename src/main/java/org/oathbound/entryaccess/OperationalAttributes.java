package org.oathbound.entryaccess;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import java.util.Optional;
import org.oathbound.directory.EntryUuid;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;

/**
 * The operational attributes that entries are shown with (RFC 4512 section 3.4, RFC 4530, RFC 5020); none of them is stored. At
 * LDAP those see them who ask for them, each by its name or all by {@code +} (RFC 3673).
 */
public final class OperationalAttributes {

    /** The name of the schema (RFC 4512 section 4.2). */
    public static final DN SUBSCHEMA = new DN(new RDN(Schema.CN, "schema", Ldif.schema()));

    private OperationalAttributes() {}

    /**
     * Adds them to an entry that is shown. The times are the entry's own.
     *
     * @param beginning when the entry was created, where it does not say so itself; without, it gets no times
     */
    public static void add(Entry shown, Optional<String> beginning) {
        shown.setAttribute(Schema.ENTRY_UUID, EntryUuid.of(shown));
        shown.setAttribute(Schema.ENTRY_DN, shown.getDN());
        shown.setAttribute(Schema.SUBSCHEMA_SUBENTRY, SUBSCHEMA.toString());
        Optional<String> created =
                Optional.ofNullable(shown.getAttributeValue(Schema.CREATED_AT)).or(() -> beginning);
        created.ifPresent(time -> shown.setAttribute(Schema.CREATE_TIMESTAMP, time));
        Optional.ofNullable(shown.getAttributeValue(Schema.UPDATED_AT))
                .or(() -> created)
                .ifPresent(time -> shown.setAttribute(Schema.MODIFY_TIMESTAMP, time));
    }
}
