package org.oathbound.audit;

import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/** The record of every attempt, every change and every refused call. */
public interface Audit {

    /**
     * Writes one line, with what {@link AuditContext#current()} knows. It outlives the process once this returns, but where the
     * disk fails: then it waits in memory, {@link #takesWrites} says no, and nothing more is to be begun.
     *
     * @throws Problem.Unavailable when too many wait already; then the caller must not say that anything was done
     */
    void record(AuditEvent event);

    /**
     * Records a call of an anonymous client that names no person, application or token. The first of a network in a minute is
     * written as {@link #record} writes it; the others are counted, and their count is one line when the minute is over.
     *
     * @param network of the client: an IPv4 address, or a /64 of IPv6
     * @throws Problem.Unavailable as {@link #record} does
     */
    default void recordAnonymous(AuditEvent event, String network) {
        record(event);
    }

    /**
     * Does many things whose lines are written at once, when they are done or have failed. No client may be told of
     * them, and none counts as done, before this returns.
     *
     * @throws Problem.Unavailable when the lines can't be written
     */
    <T> T together(Supplier<T> work);

    /** Whether a line would be taken now. */
    boolean takesWrites();
}
