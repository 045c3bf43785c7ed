package org.oathbound.token.control;

import com.unboundid.ldap.sdk.Entry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.token.entity.JobRow;

/** What rows of jobs leave on a token's entry, in the write that does what they are for: a row that is run again finds it. */
final class JobMarks {

    private static final int MOST = 16;

    private JobMarks() {}

    /** Whether a job's row created this token, in this life or an earlier one, or ended a life of it. */
    static boolean has(Entry entry, JobRow row) {
        return row.toString().equals(entry.getAttributeValue(Schema.ORIGIN))
                || Attributes.values(entry, Schema.LAST_JOB).contains(row.toString());
    }

    /**
     * The marks of rows that an entry is left with when a life begins or ends. A row may be run again while its chunk has
     * no result, which is soon; that so many other jobs change one token meanwhile can't be.
     *
     * @param row the one that does it now; null for none
     */
    static void put(Entry entry, @Nullable Entry before, @Nullable JobRow row) {
        Set<String> marks = new TreeSet<>(); // ids of jobs begin with their time
        if (before != null) {
            marks.addAll(Attributes.values(before, Schema.LAST_JOB));
            if (before.hasAttribute(Schema.ORIGIN)) {
                marks.add(before.getAttributeValue(Schema.ORIGIN));
            }
        }
        if (row != null) {
            marks.add(row.toString());
        }
        List<String> newest = List.copyOf(marks).subList(Math.max(0, marks.size() - MOST), marks.size());
        Attributes.put(entry, Schema.LAST_JOB, newest);
    }

    /** Whether rows of any of these jobs are among them. */
    static boolean areOfAny(Entry entry, Predicate<UUID> jobs) {
        return Stream.concat(
                        Attributes.values(entry, Schema.LAST_JOB).stream(),
                        Stream.ofNullable(entry.getAttributeValue(Schema.ORIGIN)))
                .anyMatch(mark -> isOfAny(jobs, mark));
    }

    /** No for what is no mark: no row asks for it. */
    private static boolean isOfAny(Predicate<UUID> jobs, String mark) {
        try {
            return jobs.test(JobRow.parse(mark).job());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
