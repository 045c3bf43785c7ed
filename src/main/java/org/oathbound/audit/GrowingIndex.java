package org.oathbound.audit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The index of a file that lines are added to. For one thread at a time. */
final class GrowingIndex implements BlockIndex {

    private static final int[] NONE = {0};

    /** Of each term the count of its blocks, and then their numbers. */
    private final Map<Long, int[]> postings = new HashMap<>();

    private long[] starts = new long[64];
    private long[] oldest = new long[64];
    private long[] newest = new long[64];
    private int blocks;
    private long length;

    /** One more line of the file, which ends with a line break behind these bytes. */
    void add(byte[] bytes, int from, int to) {
        if (blocks == 0 || length - starts[blocks - 1] >= BLOCK) {
            beginBlock();
        }
        LineTerms line = LineTerms.of(bytes, from, to);
        if (line != null) {
            int block = blocks - 1;
            long time = line.time().toEpochMilli();
            oldest[block] = Math.min(oldest[block], time);
            newest[block] = Math.max(newest[block], time);
            for (long term : line.terms()) {
                post(term, block);
            }
        }
        length += to - from + 1;
    }

    private void beginBlock() {
        if (blocks == starts.length) {
            starts = Arrays.copyOf(starts, 2 * blocks);
            oldest = Arrays.copyOf(oldest, 2 * blocks);
            newest = Arrays.copyOf(newest, 2 * blocks);
        }
        starts[blocks] = length;
        oldest[blocks] = Long.MAX_VALUE;
        newest[blocks] = Long.MIN_VALUE;
        blocks++;
    }

    private void post(long term, int block) {
        int[] those = postings.getOrDefault(term, NONE);
        int count = those[0];
        if (count > 0 && those[count] == block) {
            return;
        }
        int[] more = count + 1 < those.length ? those : Arrays.copyOf(those, Math.max(2, 2 * those.length));
        more[count + 1] = block;
        more[0] = count + 1;
        postings.put(term, more);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int blocks() {
        return blocks;
    }

    @Override
    public long start(int block) {
        return starts[block];
    }

    @Override
    public long oldest(int block) {
        return oldest[block];
    }

    @Override
    public long newest(int block) {
        return newest[block];
    }

    @Override
    public void find(long term, BitSet found) {
        int[] those = postings.getOrDefault(term, NONE);
        for (int i = 1; i <= those[0]; i++) {
            found.set(those[i]);
        }
    }

    /** All terms, in the order of their numbers. */
    long[] terms() {
        return postings.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    int count(long term) {
        return postings.getOrDefault(term, NONE)[0];
    }
}
