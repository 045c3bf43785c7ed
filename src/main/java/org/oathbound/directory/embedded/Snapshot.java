package org.oathbound.directory.embedded;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.ldif.LDIFWriter;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.oathbound.directory.DataFormat;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;

/**
 * All entries of the directory as they stood at one moment, revoked ones too: what a start reads first, and what a backup
 * holds. As a file it is LDIF (RFC 2849), parents first, between a head that says what it is and a last line with the
 * number of entries and a checksum, so that a file that is not whole shows.
 */
public final class Snapshot {

    private static final String FORMAT = "# oathbound snapshot, format " + DataFormat.LATEST;
    private static final Pattern HEAD = Pattern.compile(
            "# oathbound snapshot, format ([0-9]+)\n# suffix (.+)\n# last record ([0-9]{1,19})\n(?s:.*)");
    private static final Pattern END = Pattern.compile("# end: ([0-9]{1,10}) entries, crc32c ([0-9a-f]{8})\n");
    private static final int MAX_HEAD_BYTES = 4096;
    private static final int END_BYTES = end(Integer.MAX_VALUE, 0).length();

    private final String suffix;
    private final long position;
    private final List<ReadOnlyEntry> entries;

    private Snapshot(String suffix, long position, List<ReadOnlyEntry> entries) {
        this.suffix = suffix;
        this.position = position;
        this.entries = entries;
    }

    /** @param position of the last change in the journal that the entries show */
    static Snapshot of(DN suffix, long position, List<ReadOnlyEntry> entries) {
        List<ReadOnlyEntry> parentsFirst = new ArrayList<>(entries);
        parentsFirst.sort(Comparator.comparingInt(Snapshot::depth));
        return new Snapshot(suffix.toString(), position, parentsFirst);
    }

    /**
     * Reads a whole file.
     *
     * @throws NotWhole when it is no snapshot, or not all of one
     * @throws IllegalStateException when it is of a format that this version does not know
     */
    public static Snapshot read(Path file) throws IOException {
        Matcher head = head(file);
        int expected = checkEnd(file);
        List<ReadOnlyEntry> entries = new ArrayList<>(expected);
        try (LDIFReader reader = new LDIFReader(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            reader.setSchema(Ldif.schema());
            for (Entry entry = reader.readEntry(); entry != null; entry = reader.readEntry()) {
                entries.add(new ReadOnlyEntry(entry));
            }
        } catch (LDIFException e) {
            throw new NotWhole(file, "it has something that is no entry, at line " + e.getLineNumber());
        }
        if (entries.size() != expected) {
            throw new NotWhole(file, "it has " + entries.size() + " entries instead of " + expected);
        }
        return new Snapshot(head.group(2), Long.parseLong(head.group(3)), entries);
    }

    /** The content of a file is not a complete snapshot, from its first to its last line. */
    public static final class NotWhole extends IOException {
        NotWhole(Path file, String how) {
            super("The snapshot " + file + " is not whole: " + how + ".");
        }
    }

    /** The DN below which all entries stand. */
    public String suffix() {
        return suffix;
    }

    long position() {
        return position;
    }

    /** Parents first. */
    public List<ReadOnlyEntry> entries() {
        return List.copyOf(entries);
    }

    /** The same with each entry changed. */
    public Snapshot with(UnaryOperator<ReadOnlyEntry> change) {
        return new Snapshot(suffix, position, entries.stream().map(change).toList());
    }

    /** Writes the file; leaves the stream open. */
    public void write(OutputStream out, Instant takenAt) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), new CRC32C());
        checked.write(
                (FORMAT + "\n# suffix " + suffix + "\n# last record " + position + "\n# taken at " + takenAt + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        LDIFWriter writer = new LDIFWriter(checked);
        for (ReadOnlyEntry entry : entries) {
            writer.writeEntry(entry);
        }
        writer.flush();
        checked.write(end(entries.size(), checked.getChecksum().getValue()).getBytes(StandardCharsets.US_ASCII));
        checked.flush();
    }

    private static Matcher head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Matcher head = HEAD.matcher(new String(in.readNBytes(MAX_HEAD_BYTES), StandardCharsets.UTF_8));
            if (!head.matches()) {
                throw new NotWhole(file, "it does not begin as one");
            }
            if (!DataFormat.isKnown(head.group(1))) {
                throw new IllegalStateException("The snapshot " + file + " has format " + head.group(1)
                        + ", and this version of Oathbound reads formats up to " + DataFormat.LATEST
                        + " only: use the version that wrote it, or a later one.");
            }
            return head;
        }
    }

    /** Checks the last line against all before it, and tells how many entries there are. */
    private static int checkEnd(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            CRC32C checksum = new CRC32C();
            byte[] block = new byte[1 << 16];
            for (long left = Files.size(file) - END_BYTES; left > 0; ) {
                int read = in.readNBytes(block, 0, (int) Math.min(left, block.length));
                if (read == 0) {
                    break;
                }
                checksum.update(block, 0, read);
                left -= read;
            }
            Matcher end = END.matcher(new String(in.readNBytes(END_BYTES), StandardCharsets.US_ASCII));
            if (!end.matches()) {
                throw new NotWhole(file, "its end is missing");
            }
            if (checksum.getValue() != Long.parseLong(end.group(2), 16)) {
                throw new NotWhole(file, "its checksum is another");
            }
            return Integer.parseInt(end.group(1));
        }
    }

    /** Of one length, whatever it says. */
    private static String end(int entries, long checksum) {
        return "# end: %010d entries, crc32c %s\n"
                .formatted(entries, HexFormat.of().toHexDigits((int) checksum));
    }

    private static int depth(Entry entry) {
        return Directory.nameOf(entry).getRDNs().length;
    }
}
