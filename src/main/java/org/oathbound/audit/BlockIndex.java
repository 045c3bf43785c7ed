package org.oathbound.audit;

import java.time.Instant;
import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditQuestion.Condition;

/**
 * Which blocks of a file have lines with which terms. A block is some 16 KiB of whole lines; blocks are numbered from the
 * beginning. An index may name a block too many, never one too few: each line in them is looked at.
 */
interface BlockIndex {

    /** A block begins with the first line that stands so many bytes behind the beginning of the last one. */
    int BLOCK = 16 << 10;

    /** Bytes of the file that it covers: whole lines. */
    long length();

    int blocks();

    /** Where a block begins. */
    long start(int block);

    /** When the oldest line of a block was written, in milliseconds since 1970. */
    long oldest(int block);

    /** The same of the newest line; the clock may have been put back in between. */
    long newest(int block);

    /** Adds the blocks that have the term. */
    void find(long term, BitSet blocks);

    default long end(int block) {
        return block + 1 < blocks() ? start(block + 1) : length();
    }

    /** The blocks that can have lines that are asked for. */
    default BitSet find(AuditQuestion question) {
        BitSet found = new BitSet(blocks());
        found.set(0, blocks());
        for (Set<Condition> alternatives : question.conditions()) {
            BitSet with = new BitSet(blocks());
            alternatives.forEach(condition -> find(LineTerms.term(condition), with));
            found.and(with);
        }
        long from = millis(question.from(), Long.MIN_VALUE);
        long until = millis(question.until(), Long.MAX_VALUE);
        for (int block = found.nextSetBit(0); block >= 0; block = found.nextSetBit(block + 1)) {
            if (newest(block) < from || oldest(block) > until) {
                found.clear(block);
            }
        }
        return found;
    }

    private static long millis(@Nullable Instant moment, long without) {
        return moment == null ? without : moment.toEpochMilli();
    }
}
