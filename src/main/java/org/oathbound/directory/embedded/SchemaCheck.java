package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.EntryValidator;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldif.LDIFAddChangeRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.oathbound.directory.Schema;

/** Makes entries as they shall stand after a change, and refuses those that the schema does not allow (RFC 4512). */
final class SchemaCheck {

    private final com.unboundid.ldap.sdk.schema.Schema schema;
    private final EntryValidator validator;

    SchemaCheck(com.unboundid.ldap.sdk.schema.Schema schema) {
        this.schema = schema;
        this.validator = new EntryValidator(schema);
    }

    /** The entry that is to be added, with the values of its name and the superiors of its object classes. */
    ReadOnlyEntry complete(DN dn, LDIFAddChangeRecord add) throws LDAPException {
        for (Attribute attribute : add.getAttributes()) {
            mustBeWritable(attribute.getName());
        }
        Entry entry = withSchema(dn, List.of(add.getAttributes()));
        addNamingValues(entry, dn.getRDN());
        for (String objectClass : add.getEntryToAdd().getObjectClassValues()) {
            ObjectClassDefinition definition = schema.getObjectClass(objectClass);
            if (definition != null) {
                for (ObjectClassDefinition superior : definition.getSuperiorClasses(schema, true)) {
                    if (!entry.hasObjectClass(superior.getNameOrOID())) {
                        entry.addAttribute(Schema.OBJECT_CLASS, superior.getNameOrOID());
                    }
                }
            }
        }
        return valid(entry);
    }

    /** The entry after a modify; each modification is obeyed exactly, or none. */
    ReadOnlyEntry modified(ReadOnlyEntry entry, Modification[] modifications) throws LDAPException {
        for (Modification modification : modifications) {
            mustBeWritable(modification.getAttributeName());
        }
        return valid(Entry.applyModifications(entry, false, modifications));
    }

    /** The entry under another name. */
    ReadOnlyEntry renamed(ReadOnlyEntry entry, DN name, boolean deleteOldNamingValues) throws LDAPException {
        Entry renamed = withSchema(name, entry.getAttributes());
        if (deleteOldNamingValues) {
            RDN old = entry.getRDN();
            for (int i = 0; i < old.getAttributeNames().length; i++) {
                renamed.removeAttributeValue(old.getAttributeNames()[i], old.getAttributeValues()[i]);
            }
        }
        addNamingValues(renamed, name.getRDN());
        return valid(renamed);
    }

    private Entry withSchema(DN dn, Collection<Attribute> attributes) {
        return new Entry(dn, schema, attributes);
    }

    private static void addNamingValues(Entry entry, RDN name) {
        for (int i = 0; i < name.getAttributeNames().length; i++) {
            entry.addAttribute(name.getAttributeNames()[i], name.getAttributeValues()[i]);
        }
    }

    private ReadOnlyEntry valid(Entry entry) throws LDAPException {
        if (!validator.entryIsValid(entry, new ArrayList<>())) {
            throw new LDAPException(ResultCode.OBJECT_CLASS_VIOLATION, String.join(" ", faults(entry)));
        }
        return new ReadOnlyEntry(entry);
    }

    /** The faults of an entry, without any value: the SDK's messages about syntaxes quote them, secrets too. */
    private List<String> faults(Entry entry) {
        List<String> faults = new ArrayList<>();
        EntryValidator others = new EntryValidator(schema);
        others.setCheckAttributeSyntax(false);
        others.entryIsValid(entry, faults);
        EntryValidator syntaxes = new EntryValidator(schema);
        syntaxes.entryIsValid(entry, new ArrayList<>());
        syntaxes.getAttributesViolatingSyntax()
                .keySet()
                .forEach(name -> faults.add("A value of " + name + " is none that its syntax allows."));
        return faults;
    }

    private void mustBeWritable(String attribute) throws LDAPException {
        AttributeTypeDefinition type = schema.getAttributeType(Attribute.getBaseName(attribute));
        if (type != null && type.isNoUserModification()) {
            throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, "Only the server writes " + attribute + ".");
        }
    }
}
