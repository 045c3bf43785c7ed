package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.oathbound.audit.AuditContext;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.environment.Environment;
import org.oathbound.oauth.control.ExpiringStore;
import org.oathbound.oauth.control.MemoryStore;
import org.oathbound.problem.Problem;

/** The flows there are: each for five minutes after it began, and those that are seldom asked for go when there are too many. */
@ApplicationScoped
class Flows {

    /** 333 a second, for five minutes. */
    private static final int MAX = 100_000;

    private static final int MAX_TRIES = 1_000;

    private final ExpiringStore<Flow> flows;
    private final Clock clock;

    @Inject
    Flows(Clock clock) {
        this(new MemoryStore<>(MAX, Flow.LASTS), clock);
    }

    Flows(ExpiringStore<Flow> flows, Clock clock) {
        this.flows = flows;
        this.clock = clock;
    }

    /** The flow, or {@link Problem.NotFound} where there is none, or no more, in that environment. */
    Flow get(Environment environment, UUID id) {
        Flow flow = flows.get(id.toString())
                .filter(found -> !isOver(found, environment))
                .orElseThrow(() -> new Problem.NotFound("There is no device authentication " + id + "."));
        AuditContext.concern(flow.subject().user()); // the call names the flow alone
        return flow;
    }

    void add(Flow flow) {
        flows.put(flow.subject().id().toString(), flow);
    }

    /**
     * Changes a flow by compare-and-set.
     *
     * @param change decides by what stands there now; it is asked again when another was faster. What it throws ends the
     *     attempt
     * @return what stands there after it
     * @throws Problem.NotFound where there is no such flow, or no more
     */
    Flow change(Environment environment, UUID id, UnaryOperator<Flow> change) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Flow before = get(environment, id);
            Flow after = change.apply(before);
            if (flows.replace(id.toString(), before, after)) {
                return after;
            }
        }
        throw new Problem.Unavailable("Too many others are changing the same flow.", Duration.ofSeconds(1));
    }

    private boolean isOver(Flow flow, Environment environment) {
        return !flow.subject().environment().equals(environment.id()) || flow.isExpired(clock.instant());
    }
}
