package org.oathbound.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.function.Predicate;

/** A file of the audit with its index, which is made when it is first asked for, and goes on with the file. */
final class IndexedFile {

    private static final int CHUNK = 1 << 20;

    private final Path lines;
    private final Path stored;
    private BlockIndex index = new GrowingIndex();

    /** @param stored where the index is kept when the file grows no more */
    IndexedFile(Path lines, Path stored) {
        this.lines = lines;
        this.stored = stored;
    }

    /** Keeps the index, from now on: the file grows no more. */
    synchronized void keep() throws IOException {
        if (index instanceof GrowingIndex growing) {
            long length = Files.size(lines);
            var kept = StoredIndex.read(stored, length);
            if (kept.isEmpty()) {
                growTo(length, growing);
                StoredIndex.write(stored, growing, length);
                kept = StoredIndex.read(stored, length);
            }
            index = kept.orElseThrow(() -> new IOException("The index " + stored + " is not as it was written."));
        }
    }

    /**
     * Passes on the lines that are asked for, the last one first.
     *
     * @param take says whether it wants more
     * @return whether it does
     */
    boolean search(AuditQuestion question, Predicate<AuditRecord> take) throws IOException {
        BlockIndex searched;
        BitSet blocks;
        synchronized (this) {
            if (index instanceof GrowingIndex growing) {
                growTo(Files.size(lines), growing);
            }
            searched = index;
            blocks = searched.find(question);
        }
        try (FileChannel channel = FileChannel.open(lines, StandardOpenOption.READ)) {
            for (int block = blocks.length() - 1; block >= 0; block = blocks.previousSetBit(block - 1)) {
                long start = searched.start(block);
                byte[] bytes = read(channel, start, (int) (end(searched, block) - start));
                if (!search(bytes, question, take)) {
                    return false;
                }
            }
        }
        return true;
    }

    private synchronized long end(BlockIndex searched, int block) {
        return searched.end(block);
    }

    private static boolean search(byte[] bytes, AuditQuestion question, Predicate<AuditRecord> take) {
        int end = bytes.length - 1; // of the last line: its break
        while (end > 0) {
            int begin = end;
            while (begin > 0 && bytes[begin - 1] != '\n') {
                begin--;
            }
            LineTerms line = LineTerms.of(bytes, begin, end);
            if (line != null && line.answers(question) && !take.test(line.read())) {
                return false;
            }
            end = begin - 1;
        }
        return true;
    }

    private void growTo(long length, GrowingIndex growing) throws IOException {
        long missing = length - growing.length();
        try (InputStream in = Files.newInputStream(lines)) {
            in.skipNBytes(growing.length());
            byte[] chunk = new byte[(int) Math.min(CHUNK, missing)];
            int kept = 0;
            while (missing > 0) {
                int read = in.readNBytes(chunk, kept, (int) Math.min(chunk.length - kept, missing));
                if (read == 0) {
                    return;
                }
                missing -= read;
                kept = takeLines(chunk, kept + read, growing);
            }
        }
    }

    /** How many bytes are left at the beginning: of a line that is not whole. */
    private static int takeLines(byte[] chunk, int count, GrowingIndex growing) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (chunk[i] == '\n') {
                growing.add(chunk, from, i);
                from = i + 1;
            }
        }
        System.arraycopy(chunk, from, chunk, 0, count - from);
        return count - from;
    }

    private static byte[] read(FileChannel channel, long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
            // goes on
        }
        return bytes.array();
    }
}
