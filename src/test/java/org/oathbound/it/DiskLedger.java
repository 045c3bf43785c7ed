package org.oathbound.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was done to the files of a {@link FailingDisk}, and what of it is safe. As strict as POSIX lets a disk be: a byte is
 * safe once an fsync of its file has succeeded since it was written, unless one failed before; a new file's name once its
 * folder was flushed. A rename is taken as safe at once.
 */
final class DiskLedger {

    private final Map<Path, Bytes> files = new HashMap<>();
    private final Set<Path> unsafeNames = new HashSet<>();

    private DiskLedger() {}

    /** The bytes of a file by their positions. */
    private record Bytes(BitSet safe, BitSet waiting) {

        Bytes() {
            this(new BitSet(), new BitSet());
        }

        void truncated(int length) {
            safe.clear(length, Math.max(length, safe.length()));
            waiting.clear(length, Math.max(length, waiting.length()));
        }

        /** The flush that takes them from those that wait has begun when the file was that long. */
        BitSet taken(int length) {
            BitSet taken = waiting.get(0, length);
            waiting.clear(0, length);
            return taken;
        }
    }

    static DiskLedger read(Path ledger) throws IOException {
        DiskLedger read = new DiskLedger();
        for (String line : Files.readAllLines(ledger)) {
            String[] words = line.split("\t", -1);
            Path path = Path.of(words[1]);
            int from = Integer.parseInt(words[words.length - 2]);
            int to = Integer.parseInt(words[words.length - 1]);
            switch (words[0]) {
                case "created" -> read.created(path);
                case "removed" -> read.removed(path);
                case "renamed" -> read.renamed(path, Path.of(words[2]));
                case "folder" -> read.unsafeNames.removeIf(name -> path.equals(name.getParent()));
                case "written" -> read.bytes(path).waiting.set(from, to);
                case "truncated" -> read.bytes(path).truncated(to);
                case "flushed" -> read.bytes(path).safe.or(read.bytes(path).taken(to));
                case "lost" -> read.bytes(path).taken(to);
                default -> throw new IllegalArgumentException(line);
            }
        }
        return read;
    }

    /** Takes away whatever is not safe; the ledger goes on with what is left. */
    void forget(Path ledger) throws IOException {
        StringBuilder left = new StringBuilder();
        for (Map.Entry<Path, Bytes> file : files.entrySet()) {
            Path path = file.getKey();
            if (unsafeNames.contains(path)) {
                Files.deleteIfExists(path);
            } else if (Files.isRegularFile(path)) {
                long length = forget(path, file.getValue().safe);
                left.append("written\t" + path + "\t0\t" + length + "\n");
                left.append("flushed\t" + path + "\t0\t" + length + "\n");
            }
        }
        Files.writeString(ledger, left);
    }

    /** The bytes behind the last safe one go; those before it that are not safe are zero. */
    private static long forget(Path path, BitSet safe) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(Math.min(file.length(), safe.length()));
            for (int at = safe.nextClearBit(0); at < file.length(); at = safe.nextClearBit(at + 1)) {
                file.seek(at);
                file.write(0);
            }
            return file.length();
        }
    }

    private Bytes bytes(Path path) {
        return files.computeIfAbsent(path, created -> new Bytes());
    }

    private void created(Path path) {
        files.put(path, new Bytes());
        unsafeNames.add(path);
    }

    private void removed(Path path) {
        files.remove(path);
        unsafeNames.remove(path);
    }

    private void renamed(Path from, Path to) {
        files.put(to, Objects.requireNonNull(files.remove(from)));
        unsafeNames.remove(from);
        unsafeNames.remove(to);
    }
}
