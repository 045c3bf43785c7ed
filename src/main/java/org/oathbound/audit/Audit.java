package org.oathbound.audit;

import org.oathbound.problem.Problem;

/** The record of every attempt, every change and every refused call. */
public interface Audit {

    /**
     * Writes one line, with what {@link AuditContext#current()} knows. It outlives the process once this returns.
     *
     * @throws Problem.Unavailable when the line can't be written; then the caller must not say that anything was done
     */
    void record(AuditEvent event);

    /** Whether a line would be taken now. */
    boolean takesWrites();
}
