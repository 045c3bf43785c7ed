package org.oathbound.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Optional;
import org.oathbound.file.PrivateFile;

/**
 * The index of a file that nothing is added to any more, in a file of its own: numbers in the order of a network. A header
 * (magic, length of the file, how many blocks, how many terms); of each block its start, oldest and newest time; the terms in the
 * order of their numbers; of each term where its blocks end among all; the blocks of the terms, two bytes each.
 */
final class StoredIndex implements BlockIndex {

    private static final long MAGIC = 0x4f61746864780001L; // "Oathdx", and the format
    private static final int HEADER = 24;

    private final ByteBuffer bytes;
    private final int blocks;
    private final int terms;

    private StoredIndex(ByteBuffer bytes) {
        this.bytes = bytes;
        this.blocks = bytes.getInt(16);
        this.terms = bytes.getInt(20);
    }

    /** Empty when there is none, or not of a file of this length. */
    static Optional<StoredIndex> read(Path path, long length) throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
            return isWhole(bytes, length) ? Optional.of(new StoredIndex(bytes)) : Optional.empty();
        }
    }

    private static boolean isWhole(ByteBuffer bytes, long length) {
        if (bytes.limit() < HEADER || bytes.getLong(0) != MAGIC || bytes.getLong(8) != length) {
            return false;
        }
        StoredIndex index = new StoredIndex(bytes);
        long ends = index.at(3, 0) + 8L * index.terms;
        return bytes.limit() >= ends + 4L * index.terms
                && bytes.limit() == ends + 4L * index.terms + 2L * index.postingsBefore(index.terms);
    }

    /** @param length of the file; what stands behind the last whole line belongs to it */
    static void write(Path path, GrowingIndex index, long length) throws IOException {
        long[] terms = index.terms();
        int postings = 0;
        for (long term : terms) {
            postings += index.count(term);
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + 24 * index.blocks() + 12 * terms.length + 2 * postings);
        bytes.putLong(MAGIC).putLong(length).putInt(index.blocks()).putInt(terms.length);
        for (int block = 0; block < index.blocks(); block++) {
            bytes.putLong(index.start(block));
        }
        for (int block = 0; block < index.blocks(); block++) {
            bytes.putLong(index.oldest(block));
        }
        for (int block = 0; block < index.blocks(); block++) {
            bytes.putLong(index.newest(block));
        }
        bytes.asLongBuffer().put(terms);
        bytes.position(bytes.position() + 8 * terms.length);
        int end = 0;
        for (long term : terms) {
            end += index.count(term);
            bytes.putInt(end);
        }
        for (long term : terms) {
            BitSet blocks = new BitSet();
            index.find(term, blocks);
            blocks.stream().forEach(block -> bytes.putChar((char) block));
        }
        PrivateFile.write(path, bytes.array());
    }

    @Override
    public long length() {
        return bytes.getLong(8);
    }

    @Override
    public int blocks() {
        return blocks;
    }

    @Override
    public long start(int block) {
        return bytes.getLong(at(0, block));
    }

    @Override
    public long oldest(int block) {
        return bytes.getLong(at(1, block));
    }

    @Override
    public long newest(int block) {
        return bytes.getLong(at(2, block));
    }

    /** Where a number stands in one of the tables of eight bytes: of starts, oldest and newest times, terms. */
    private int at(int table, int row) {
        return HEADER + 8 * (table * blocks + row);
    }

    /** How many blocks there are of all terms before this one. */
    private int postingsBefore(int term) {
        return term == 0 ? 0 : bytes.getInt(at(3, terms) + 4 * (term - 1));
    }

    @Override
    public void find(long term, BitSet found) {
        int low = 0;
        int high = terms - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long seen = bytes.getLong(at(3, middle));
            if (seen == term) {
                int first = at(3, terms) + 4 * terms;
                for (int i = postingsBefore(middle); i < postingsBefore(middle + 1); i++) {
                    found.set(bytes.getChar(first + 2 * i));
                }
                return;
            } else if (seen < term) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
    }
}
