package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import java.util.Locale;
import java.util.Optional;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;

/** Many spellings, one name: of attributes, classes and entries. */
final class NormalizedNames {

    private static final RDN PEOPLE = new RDN(Schema.OU, "People", Ldif.schema());

    /** More than any name in the tree has; what is done with a name grows with its length, faster than that. */
    private static final int MAX_DN_CHARACTERS = 2_000;

    private NormalizedNames() {}

    /** The first name of an attribute type in lower case, from any of its names or its OID. */
    static String canonical(String attribute) {
        return HiddenAttributes.canonical(attribute);
    }

    /** The first name of an object class in lower case, from any of its names or its OID. */
    static String canonicalClass(String objectClass) {
        String name = withoutPrefix(objectClass);
        ObjectClassDefinition definition = Ldif.schema().getObjectClass(name);
        return (definition == null ? name : definition.getNameOrOID()).toLowerCase(Locale.ROOT);
    }

    /** @throws LDAPException with invalidDNSyntax (34); adminLimitExceeded (11) when it is too long to be looked at */
    static DN dn(String text) throws LDAPException {
        return new DN(bounded(text), Ldif.schema());
    }

    /** The name that an entry is to have; the same exception. */
    static DN renamed(ModifyDNRequestProtocolOp request) throws LDAPException {
        String parent = request.getNewSuperiorDN();
        return new DN(
                new RDN(bounded(request.getNewRDN()), Ldif.schema()),
                parent == null ? dn(request.getDN()).getParent() : dn(parent));
    }

    /** The container {@code ou=People} of an environment that the entry stands below, if it does. */
    static Optional<DN> peopleAbove(DN entry, DN suffix) {
        for (DN above = entry.getParent();
                above != null && above.isDescendantOf(suffix, false);
                above = above.getParent()) {
            DN base = above.getParent();
            boolean isBase = suffix.equals(base) || new DN(Environment.PARENT, suffix).equals(base.getParent());
            if (PEOPLE.equals(above.getRDN()) && isBase) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    private static String bounded(String name) throws LDAPException {
        if (name.length() > MAX_DN_CHARACTERS) {
            throw new LDAPException(
                    ResultCode.ADMIN_LIMIT_EXCEEDED, "The DN is longer than " + MAX_DN_CHARACTERS + " characters.");
        }
        return name;
    }

    private static String withoutPrefix(String name) {
        String trimmed = name.trim();
        return trimmed.regionMatches(true, 0, "oid.", 0, 4) ? trimmed.substring(4) : trimmed;
    }
}
