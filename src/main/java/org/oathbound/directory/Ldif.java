package org.oathbound.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files of {@code ldif/}: the schema, and the tree that the embedded directory starts with. */
public final class Ldif {

    private static final List<String> SCHEMA_FILES = List.of("10-oath-ldap-schema.ldif", "20-oathbound-schema.ldif");
    private static final String BASE_TREE_FILE = "30-base-tree.ldif";

    /** The structural object class of a suffix entry, by the attribute that names it (RFC 4519, RFC 4524). */
    private static final Map<String, String> SUFFIX_CLASSES = Map.of(
            "dc", "domain",
            "o", "organization",
            "ou", "organizationalUnit",
            "l", "locality",
            "c", "country");

    private static final com.unboundid.ldap.sdk.schema.Schema DEFINITIONS = definitions();

    private Ldif() {}

    /** The standards' attribute types and object classes, OATH-LDAP's and ours. */
    public static com.unboundid.ldap.sdk.schema.Schema schema() {
        return DEFINITIONS;
    }

    /** The name of the base; {@link IllegalArgumentException} when that is none. */
    public static DN suffix(String baseDn) {
        try {
            return new DN(baseDn, schema());
        } catch (LDAPException e) {
            throw new IllegalArgumentException("oathbound.base-dn is not a DN: " + baseDn, e);
        }
    }

    private static com.unboundid.ldap.sdk.schema.Schema definitions() {
        try {
            var merged = com.unboundid.ldap.sdk.schema.Schema.getDefaultStandardSchema();
            for (String file : SCHEMA_FILES) {
                try (InputStream in = open(file)) {
                    merged = com.unboundid.ldap.sdk.schema.Schema.mergeSchemas(
                            merged, com.unboundid.ldap.sdk.schema.Schema.getSchema(in));
                }
            }
            return merged;
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException("The schema in ldif/ can't be read.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The suffix entry and the containers, parents first, moved below the suffix that is wanted.
     *
     * @throws IllegalArgumentException for a suffix whose entry we can't make
     */
    public static List<Entry> baseTree(DN suffix) {
        List<Entry> entries = read(BASE_TREE_FILE);
        Entry first = suffixEntry(suffix, entries.getFirst());
        List<Entry> moved = new ArrayList<>(entries.size());
        moved.add(first);
        for (Entry entry : entries.subList(1, entries.size())) {
            moved.add(new Entry(new DN(rdn(entry), suffix), List.copyOf(entry.getAttributes())));
        }
        return moved;
    }

    private static Entry suffixEntry(DN suffix, Entry template) {
        RDN rdn = suffix.getRDN();
        if (rdn == null || rdn.isMultiValued()) {
            throw unusable(suffix);
        }
        String structural = SUFFIX_CLASSES.get(rdn.getAttributeNames()[0].toLowerCase(Locale.ROOT));
        if (structural == null) {
            throw unusable(suffix);
        }
        Entry entry = template.duplicate();
        RDN old = rdn(template);
        entry.removeAttribute(old.getAttributeNames()[0]);
        entry.setDN(suffix);
        entry.addAttribute(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0]);
        entry.setAttribute(Schema.OBJECT_CLASS, structural, Schema.OATHBOUND_ENVIRONMENT);
        return entry;
    }

    private static IllegalArgumentException unusable(DN suffix) {
        return new IllegalArgumentException(
                "oathbound.base-dn must begin with one of dc=, o=, ou=, l= or c=, such as dc=example,dc=com; \""
                        + suffix + "\" does not.");
    }

    private static RDN rdn(Entry entry) {
        try {
            return entry.getRDN();
        } catch (LDAPException e) {
            throw new IllegalStateException("An entry in ldif/ has no name: " + entry.getDN(), e);
        }
    }

    private static List<Entry> read(String file) {
        try (LDIFReader reader = new LDIFReader(open(file))) {
            List<Entry> entries = new ArrayList<>();
            for (Entry entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                entries.add(entry);
            }
            return entries;
        } catch (LDIFException e) {
            throw new IllegalStateException("ldif/" + file + " can't be read.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = Ldif.class.getResourceAsStream("/ldif/" + file);
        if (in == null) {
            throw new FileNotFoundException("ldif/" + file + " is not on the class path.");
        }
        return in;
    }
}
