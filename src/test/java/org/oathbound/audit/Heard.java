package org.oathbound.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.oathbound.problem.Problem;

/** An audit that keeps what it is told in memory, and can be told to fail. */
public final class Heard implements Audit {

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<String> networks = new CopyOnWriteArrayList<>();
    private volatile boolean failing;

    /** One event, and who it was. */
    public record Told(AuditEvent event, AuditContext context) {

        /** Action, outcome and reason in words. */
        public String text() {
            return event.action() + " " + event.outcome() + (event.reason() == null ? "" : " " + event.reason());
        }
    }

    @Override
    public void record(AuditEvent event) {
        if (failing) {
            throw new Problem.Unavailable("The audit can't be written.", Duration.ofSeconds(5));
        }
        told.add(new Told(event, AuditContext.current()));
    }

    @Override
    public void recordAnonymous(AuditEvent event, String network) {
        record(event);
        networks.add(network);
    }

    /** The networks of the calls that named nobody. */
    public List<String> networks() {
        return networks;
    }

    @Override
    public <T> T together(Supplier<T> work) {
        return work.get();
    }

    @Override
    public boolean takesWrites() {
        return !failing;
    }

    public void fail() {
        failing = true;
    }

    public void recover() {
        failing = false;
    }

    public List<Told> told() {
        return told;
    }

    public List<String> texts() {
        return told.stream().map(Told::text).toList();
    }

    /** What was told last. */
    public Told last() {
        return told.get(told.size() - 1);
    }
}
