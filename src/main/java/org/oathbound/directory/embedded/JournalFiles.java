package org.oathbound.directory.embedded;

import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.oathbound.directory.DataFormat;
import org.oathbound.directory.embedded.JournalRecord.Head;
import org.oathbound.file.PrivateFile;

/**
 * The files of the journal as a start reads them. A last record that was being written when the process ended is cut
 * off: no client was told of it. Anything else that is not as it was written stops the start.
 */
final class JournalFiles {

    private final Path folder;
    private final String suffix;

    JournalFiles(Path folder, String suffix) {
        this.folder = folder;
        this.suffix = suffix;
    }

    /**
     * Where the journal ends.
     *
     * @param file the last one
     * @param format of that file
     * @param length of that file as far as it is good
     * @param position of its last record
     * @param bytes of all records that were given on
     */
    record End(Path file, int format, long length, long position, long bytes) {}

    static String name(long first) {
        return "%019d.ldif".formatted(first);
    }

    static String header(String suffix, long first) {
        return header(DataFormat.LATEST, suffix, first);
    }

    private static String header(int format, String suffix, long first) {
        return DataFormat.line(format) + "\n# suffix " + suffix + "\n# first record " + first + "\n\n";
    }

    /** A folder of the data directory that only its own user may look into, made if it is not there. */
    static Path folder(Path dataDirectory, String name) throws IOException {
        Path folder = dataDirectory.resolve(name);
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PrivateFile.flush(dataDirectory);
        return folder;
    }

    /** The number in a file's name: the position of its first record, or of the last that a snapshot shows. */
    static long position(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 19));
    }

    /**
     * Reads every change behind a position, in their order; empty when there is no journal.
     *
     * @param after the last change that is known already: 0 for none
     */
    Optional<End> replay(long after, Consumer<LDIFChangeRecord> change) {
        try {
            List<Path> files = numbered();
            removeUnbegun(files);
            while (files.size() > 1 && position(files.get(1)) <= after + 1) {
                files.removeFirst();
            }
            End end = null;
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                long first = position(file);
                long expected = end == null ? after + 1 : end.position() + 1;
                if (end == null ? first > expected : first != expected) {
                    throw damaged(file, "records " + expected + " to " + (first - 1) + " are missing");
                }
                long last = i + 1 < files.size() ? position(files.get(i + 1)) - 1 : Long.MAX_VALUE;
                End next = read(file, first, last, after, change);
                end = end == null
                        ? next
                        : new End(next.file, next.format, next.length, next.position, end.bytes + next.bytes);
            }
            if ((end == null ? 0 : end.position()) < after) {
                throw damaged(folder, "it does not reach as far as the snapshot of record " + after);
            }
            return Optional.ofNullable(end);
        } catch (IOException e) {
            throw new UncheckedIOException("The journal in " + folder + " can't be read.", e);
        }
    }

    boolean isEmpty() throws IOException {
        return numbered().isEmpty();
    }

    /** Removes the files whose every record stands before a position. */
    void removeBefore(long position) throws IOException {
        List<Path> files = numbered();
        for (int i = 0; i + 1 < files.size() && position(files.get(i + 1)) <= position; i++) {
            Files.delete(files.get(i));
        }
    }

    private List<Path> numbered() throws IOException {
        return new ArrayList<>(DataFormat.journalFiles(folder));
    }

    /** A last file that ends in its header was never used; left there, it would say that the one before ends early. */
    private void removeUnbegun(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Path last = files.getLast();
        String header = header(DataFormat.of(last), suffix, position(last));
        if (Files.size(last) < header.length() && header.startsWith(Files.readString(last))) {
            Files.delete(last);
            PrivateFile.flush(folder);
            files.remove(last);
        }
    }

    /** @param last the position before the next file's first: what stands behind it was never acknowledged */
    private End read(Path file, long first, long last, long after, Consumer<LDIFChangeRecord> change)
            throws IOException {
        int format = DataFormat.of(file);
        byte[] header = header(format, suffix, first).getBytes(StandardCharsets.UTF_8);
        long position = first - 1;
        long length = header.length;
        long bytes = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] found = in.readNBytes(header.length);
            if (!Arrays.equals(header, found)) {
                throw damaged(file, "its header is not that of a journal for the suffix " + suffix);
            }
            while (position < last) {
                byte[] line = line(in);
                Optional<Head> head = Head.parse(line);
                byte[] text = head.isPresent() ? in.readNBytes(head.get().length()) : new byte[0];
                boolean good = head.isPresent()
                        && head.get().position() == position + 1
                        && head.get().fits(text);
                if (!good) {
                    endOrDamage(file, position, last, length, line, head, text, in);
                    break;
                }
                position++;
                length += line.length + text.length;
                if (position > after) {
                    change.accept(decode(file, position, text));
                    bytes += line.length + text.length;
                }
            }
        }
        return new End(file, format, length, position, bytes);
    }

    /** Whether the file may end here: nothing more, or a last record of which only the beginning was written. */
    private void endOrDamage(
            Path file,
            long position,
            long last,
            long length,
            byte[] line,
            Optional<Head> head,
            byte[] text,
            InputStream in)
            throws IOException {
        if (last != Long.MAX_VALUE) {
            throw damaged(file, "record " + (position + 1) + " is missing or changed");
        }
        boolean cutInHead = head.isEmpty()
                && (line.length == 0 || line[line.length - 1] != '\n')
                && in.read() < 0
                && isBeginningOfHead(line, position + 1);
        boolean cutInText = head.isPresent()
                && head.get().position() == position + 1
                && text.length < head.get().length();
        if (!cutInHead && !cutInText) {
            throw damaged(
                    file,
                    "record " + (position + 1) + " is not as it was written",
                    "If power failed while it was written, and you accept that it and what stands behind it are lost, whether"
                            + " somebody was told of it or not: truncate -s " + length + " " + file);
        }
        if (line.length > 0) {
            System.getLogger(JournalFiles.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The journal {0} ends in the middle of record {1}, of which nobody was told; it is cut off.",
                            file,
                            Long.toString(position + 1));
        }
    }

    private static boolean isBeginningOfHead(byte[] line, long position) {
        String head = "# record " + position + " length ";
        String text = new String(line, StandardCharsets.US_ASCII);
        return head.startsWith(text) || text.startsWith(head);
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(JournalRecord.MAX_HEAD_BYTES);
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n' || line.size() > JournalRecord.MAX_HEAD_BYTES) {
                break;
            }
        }
        return line.toByteArray();
    }

    private LDIFChangeRecord decode(Path file, long position, byte[] text) {
        try {
            return JournalRecord.decode(text);
        } catch (LDIFException e) {
            throw damaged(file, "record " + position + " is no LDIF change record");
        }
    }

    private static IllegalStateException damaged(Path file, String how) {
        return damaged(file, how, "");
    }

    private static IllegalStateException damaged(Path file, String how, String otherwise) {
        return new IllegalStateException("The journal " + file + " is damaged: " + how
                + ". Nothing was changed. Copy the data directory away, then restore a backup into an empty one. "
                + otherwise);
    }
}
