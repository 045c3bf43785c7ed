package org.oathbound.audit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditLine.Read;

/**
 * Reads the lines of one file and holds each against the one before. What is no line is passed over where a line behind it
 * says that the audit went on there, and how long it was.
 */
final class FileScan {

    private static final byte[] NOTHING = {};

    private final Chain chain;
    private final String name;
    private final byte[] bytes;
    private Position last;
    private int offset;

    /**
     * Begins behind a position, which is in this file, or at the end of the file before.
     *
     * @param bytes of the whole file
     */
    FileScan(Chain chain, String name, byte[] bytes, Position last) {
        this.chain = chain;
        this.name = name;
        this.bytes = bytes;
        this.last = last;
        this.offset = last.file().equals(name) ? (int) last.length() : 0;
    }

    /** The next line; null at the end, or when what follows does not fit. */
    @Nullable
    Read next() {
        int end = endOfLine(offset);
        if (end < 0) {
            return null;
        }
        Read line = Read.parse(Arrays.copyOfRange(bytes, offset, end));
        return line != null && fits(line, NOTHING) ? taken(line, end) : behindTorn();
    }

    /** The next line as it stands there, whether it fits or not; null when it is none of ours. */
    @Nullable
    Read unchecked() {
        int end = endOfLine(offset);
        return end < 0 ? null : Read.parse(Arrays.copyOfRange(bytes, offset, end));
    }

    /** Passes over lines without holding them against each other, up to and with the one that has this hash. False if none. */
    boolean seek(long sequence, String hash) {
        for (int end = endOfLine(offset); end >= 0; end = endOfLine(offset)) {
            Read line = unchecked();
            String previous = line != null && offset == 0 ? line.previous() : last.hash();
            if (line == null) {
                offset = end + 1;
                continue;
            }
            taken(line, end);
            if (line.sequence() == sequence && line.hash().equals(hash)) {
                boolean itself = previous != null
                        && (line.torn() > 0
                                || chain.hash(previous, NOTHING, line.body()).equals(hash));
                return itself;
            }
        }
        return false;
    }

    /** What is torn is the beginning of one line: there is no line break in it. */
    private @Nullable Read behindTorn() {
        int end = endOfLine(offset);
        int endOfNext = endOfLine(end + 1);
        if (endOfNext < 0) {
            return null;
        }
        Read line = Read.parse(Arrays.copyOfRange(bytes, end + 1, endOfNext));
        byte[] torn = Arrays.copyOfRange(bytes, offset, end);
        return line != null && torn.length > 0 && line.torn() == torn.length && fits(line, torn)
                ? taken(line, endOfNext)
                : null;
    }

    /** A file's first line says what it follows, so that a file can't be put where another was. */
    private boolean fits(Read line, byte[] torn) {
        return line.sequence() == last.sequence() + 1
                && (offset > 0 || last.hash().equals(line.previous()))
                && chain.hash(last.hash(), torn, line.body()).equals(line.hash());
    }

    private Read taken(Read line, int end) {
        offset = end + 1;
        last = new Position(line.sequence(), line.hash(), name, offset);
        return line;
    }

    private int endOfLine(int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** The last line that was read. */
    Position last() {
        return last;
    }

    /** What stands behind it. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, Math.min(offset, bytes.length), bytes.length);
    }

    /** Whether a whole line follows, whatever is in it. */
    boolean hasLine() {
        return endOfLine(offset) >= 0;
    }

    /** Counted from 1, as editors do. */
    int lineNumber() {
        int number = 1;
        for (int i = 0; i < Math.min(offset, bytes.length); i++) {
            number += bytes[i] == '\n' ? 1 : 0;
        }
        return number;
    }
}
