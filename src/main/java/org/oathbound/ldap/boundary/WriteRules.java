package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.oathbound.directory.Schema;

/**
 * What the administrator may write besides {@linkplain TokenWrites tokens}: people, but for what is ours in them. All methods
 * refuse by an LDAPException.
 */
final class WriteRules {

    private final DN suffix;

    WriteRules(DN suffix) {
        this.suffix = suffix;
    }

    void checkAdd(DN added, Collection<Attribute> attributes) throws LDAPException {
        checkPerson(added);
        checkNames(added.getRDN());
        for (Attribute attribute : attributes) {
            checkAttribute(attribute);
        }
    }

    void checkModify(DN changed, List<Modification> modifications) throws LDAPException {
        checkPerson(changed);
        for (Modification modification : modifications) {
            checkAttribute(modification.getAttribute());
        }
    }

    void checkRename(DN from, DN to) throws LDAPException {
        Optional<DN> people = NormalizedNames.peopleAbove(from, suffix);
        if (people.isEmpty() || !people.equals(NormalizedNames.peopleAbove(to, suffix))) {
            throw refused(to + " is not in the same ou=People as " + from + ", out of which no entry is moved");
        }
        checkNames(to.getRDN());
    }

    /** Refuses every entry that is not below {@code ou=People}. */
    void checkPerson(DN dn) throws LDAPException {
        if (NormalizedNames.peopleAbove(dn, suffix).isEmpty()) {
            throw refused(dn + " is not below ou=People, where alone entries can be written through LDAP");
        }
    }

    /** An RDN is an attribute too: the store adds its value to the entry. */
    private static void checkNames(RDN rdn) throws LDAPException {
        for (String name : rdn.getAttributeNames()) {
            checkAttribute(new Attribute(name));
        }
    }

    private static void checkAttribute(Attribute attribute) throws LDAPException {
        String name = NormalizedNames.canonical(attribute.getBaseName());
        if (name.startsWith("oath")) {
            throw refused(attribute.getName() + " is an attribute of ours, which LDAP clients can't write");
        }
        if (name.equals("userpassword")) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM,
                    "A password can't be written as an attribute: use the password modify operation (RFC 3062),"
                            + " such as ldappasswd, or the HTTP API, /v1/environments.");
        }
        if (name.equalsIgnoreCase(Schema.OBJECT_CLASS)) {
            for (String value : attribute.getValues()) {
                if (NormalizedNames.canonicalClass(value).startsWith("oath")) {
                    throw refused(value + " is an object class of ours, which LDAP clients can't write");
                }
            }
        }
    }

    private static LDAPException refused(String what) {
        return new LDAPException(ResultCode.UNWILLING_TO_PERFORM, what + ": use the HTTP API, /v1/environments.");
    }
}
