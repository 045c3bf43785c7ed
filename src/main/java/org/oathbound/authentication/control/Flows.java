package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.oathbound.access.control.ShortLived;
import org.oathbound.audit.AuditContext;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Problem;

/** The flows there are. The cache forgets each five minutes after it began, and the least recently used when there are too many. */
@ApplicationScoped
class Flows {

    /** 333 a second, for five minutes; they take about 60 MB. */
    private static final int MAX = 100_000;

    private static final int MAX_TRIES = 1_000;

    private final Cache<String, String> cache;
    private final Clock clock;

    @Inject
    Flows(CacheManager caches, Clock clock) {
        this(caches, "oathbound-flows", MAX, clock);
    }

    /** @param max about so many flows are kept */
    Flows(CacheManager caches, String name, int max, Clock clock) {
        this.cache = ShortLived.cache(caches, name, max, Flow.LASTS);
        this.clock = clock;
    }

    /** The flow, or {@link Problem.NotFound} where there is none, or no more, in that environment. */
    Flow get(Environment environment, UUID id) {
        return FlowText.parse(text(environment, id));
    }

    void add(Flow flow) {
        cache.put(flow.subject().id().toString(), FlowText.of(flow));
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
            String before = text(environment, id);
            Flow after = change.apply(FlowText.parse(before));
            if (cache.replace(id.toString(), before, FlowText.of(after))) {
                return after;
            }
        }
        throw new Problem.Unavailable("Too many others are changing the same flow.", Duration.ofSeconds(1));
    }

    private String text(Environment environment, UUID id) {
        String text = cache.get(id.toString());
        Flow flow = text == null ? null : FlowText.parse(text);
        if (text == null || flow == null || isOver(flow, environment)) {
            throw new Problem.NotFound("There is no device authentication " + id + ".");
        }
        AuditContext.concern(flow.subject().user()); // the call names the flow alone
        return text;
    }

    private boolean isOver(Flow flow, Environment environment) {
        return !flow.subject().environment().equals(environment.id()) || flow.isExpired(clock.instant());
    }
}
