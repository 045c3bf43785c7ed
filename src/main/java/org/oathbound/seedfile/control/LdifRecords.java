package org.oathbound.seedfile.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.ldif.TrailingSpaceBehavior;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an LDIF file (RFC 2849), with the attributes that a format knows; the others, such as photographs, are
 * passed over unread. Each record is decoded by itself, so a bad one does not stop the others. A value that stands in
 * another file, {@code attribute:< file:…}, is never fetched.
 */
final class LdifRecords {

    private static final String NO_ENTRY = "The record is no LDIF entry.";
    private static final List<String> ALWAYS_WANTED = List.of("dn", "objectclass", "changetype");

    private final TextLines lines;
    private final Set<String> wanted = new TreeSet<>(ALWAYS_WANTED);

    /** @param attributes that the format knows */
    LdifRecords(InputStream body, List<String> attributes) {
        this.lines = new TextLines(body, true);
        attributes.forEach(attribute -> wanted.add(attribute.toLowerCase(Locale.ROOT)));
    }

    /** The next record that has anything of interest; null at the end. */
    @Nullable
    LdifRecord next() {
        for (String line = lines.next(); line != null; line = lines.next()) {
            Block block = block(line);
            if (!block.lines.isEmpty() || block.isTooLong) {
                return record(block);
            }
        }
        return null;
    }

    /** The lines up to the next blank one, each with its continuations, if it is wanted. */
    private Block block(String first) {
        Block block = new Block();
        for (String line = first; line != null && !line.isEmpty(); line = lines.next()) {
            if (line.startsWith(" ") && block.hasBegun) {
                block.goOn(line.substring(1), lines.isCut());
            } else {
                block.begin(line, isWanted(line), lines.isCut());
                if (block.number == 0 && !line.startsWith("#")) {
                    block.number = lines.number();
                }
            }
        }
        block.end();
        return block;
    }

    /** A line without a name is none of LDIF's, and the decoder says so. */
    private boolean isWanted(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
        return !line.startsWith("#") && (colon < 0 || wanted.contains(name.replaceFirst(";.*", "")));
    }

    private static LdifRecord record(Block block) {
        int number = block.number;
        if (block.isTooLong) {
            return new LdifRecord(number, null, "The record is larger than " + RowLimit.BYTES + " bytes.");
        }
        // The decoder passes over a first line with a version, and fails where nothing follows.
        if (!startsWith(block.lines.getFirst(), "dn:")) {
            return new LdifRecord(number, null, NO_ENTRY);
        }
        for (String line : block.lines) {
            int colon = line.indexOf(':');
            if (line.startsWith(":<", Math.max(0, colon))) {
                return new LdifRecord(number, null, "The record has a value that stands in another file.");
            }
            if (startsWith(line, "changetype:")) {
                return new LdifRecord(number, null, "The record is a change; export the entries themselves.");
            }
        }
        try {
            Entry entry =
                    LDIFReader.decodeEntry(true, TrailingSpaceBehavior.STRIP, null, block.lines.toArray(new String[0]));
            return new LdifRecord(number, entry, "");
        } catch (LDIFException e) {
            // Its message shows what stands there.
            return new LdifRecord(number, null, NO_ENTRY);
        }
    }

    private static boolean startsWith(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length());
    }

    /** The lines of one record, unfolded. */
    private static final class Block {

        private final List<String> lines = new ArrayList<>();
        private final StringBuilder current = new StringBuilder();
        private int number;
        private boolean hasBegun;
        private boolean isWanted;
        private boolean isTooLong;
        private int size;

        void begin(String line, boolean wantedToo, boolean isCut) {
            end();
            hasBegun = true;
            isWanted = wantedToo;
            goOn(line, isCut);
        }

        void goOn(String part, boolean isCut) {
            if (isWanted) {
                size += part.length();
                isTooLong |= isCut || size > RowLimit.BYTES;
                if (!isTooLong) {
                    current.append(part);
                }
            }
        }

        void end() {
            if (isWanted && !isTooLong) {
                lines.add(current.toString());
            }
            isWanted = false;
            current.setLength(0);
        }
    }
}
