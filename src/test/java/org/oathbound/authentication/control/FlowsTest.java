package org.oathbound.authentication.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.authentication.entity.Flow;
import org.oathbound.authentication.entity.Flow.Failure;
import org.oathbound.authentication.entity.Flow.Status;
import org.oathbound.authentication.entity.Flow.Subject;
import org.oathbound.environment.Environment;
import org.oathbound.oauth.control.ExpiringStore;
import org.oathbound.oauth.control.MemoryStore;
import org.oathbound.problem.Problem;

@Tag("slow")
class FlowsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.120Z");
    private static final Environment ENVIRONMENT = new Environment(UUID.randomUUID(), DN.NULL_DN);

    private final ExpiringStore<Flow> store = new MemoryStore<>(1_000, Duration.ofMinutes(5));
    private final Flows flows = at(NOW);

    private Flows at(Instant now) {
        return new Flows(store, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Flow flow() {
        return Flow.begun(new Subject(
                UUID.randomUUID(), ENVIRONMENT.id(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), NOW));
    }

    private static UUID id(Flow flow) {
        return flow.subject().id();
    }

    @Nested
    @DisplayName("A flow is kept as it is")
    class Kept {

        @Test
        void whateverItHolds() {
            Flow begun = flow();
            Flow failed = flow().selected(UUID.randomUUID(), NOW.plusMillis(7))
                    .attempted()
                    .failed(Failure.TOO_MANY_OTP_RETRIES, NOW.plusSeconds(8));
            flows.add(begun);
            flows.add(failed);

            assertThat(flows.get(ENVIRONMENT, id(begun))).isEqualTo(begun);
            assertThat(flows.get(ENVIRONMENT, id(failed))).isEqualTo(failed);
        }

        @Test
        void inItsEnvironmentOnly() {
            Flow flow = flow();
            flows.add(flow);
            Environment other = new Environment(UUID.randomUUID(), DN.NULL_DN);

            assertThatThrownBy(() -> flows.get(other, id(flow))).isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> flows.change(other, id(flow), Flow::attempted))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void forFiveMinutesHoweverOftenItChanges() {
            Flow flow = flow();
            flows.add(flow);
            Flows last = at(NOW.plus(Duration.ofMinutes(5)).minusMillis(1));
            last.change(ENVIRONMENT, id(flow), before -> before.selected(UUID.randomUUID(), NOW.plusSeconds(299)));
            Flows over = at(NOW.plus(Duration.ofMinutes(5)));

            assertThat(last.get(ENVIRONMENT, id(flow)).status()).isEqualTo(Status.OTP_REQUIRED);
            assertThatThrownBy(() -> over.get(ENVIRONMENT, id(flow))).isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> over.change(ENVIRONMENT, id(flow), Flow::attempted))
                    .isInstanceOf(Problem.NotFound.class);
        }

        @Test
        void anUnknownOneIsNotFound() {
            assertThatThrownBy(() -> flows.get(ENVIRONMENT, UUID.randomUUID())).isInstanceOf(Problem.NotFound.class);
        }
    }

    @Nested
    @DisplayName("It changes by compare-and-set only")
    class Changes {

        @Test
        void whoLosesDecidesAgainOnWhatIsThereThen() {
            Flow flow = flow();
            flows.add(flow);
            List<Integer> seen = new ArrayList<>();

            Flow after = flows.change(ENVIRONMENT, id(flow), before -> {
                if (seen.isEmpty()) {
                    flows.change(ENVIRONMENT, id(flow), Flow::attempted);
                }
                seen.add(before.attempts());
                return before.attempted();
            });

            assertThat(seen).containsExactly(0, 1);
            assertThat(after.attempts()).isEqualTo(2);
            assertThat(flows.get(ENVIRONMENT, id(flow))).isEqualTo(after);
        }

        @Test
        void whatAChangeThrowsLeavesTheFlowAsItWas() {
            Flow flow = flow();
            flows.add(flow);

            assertThatThrownBy(() -> flows.change(ENVIRONMENT, id(flow), before -> {
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(flows.get(ENVIRONMENT, id(flow))).isEqualTo(flow);
        }

        @Test
        void ofManyAtOnceNoneIsLost() throws Exception {
            Flow flow = flow();
            flows.add(flow);
            int clients = 64;
            CyclicBarrier start = new CyclicBarrier(clients);
            Callable<@Nullable Void> client = () -> {
                start.await();
                flows.change(ENVIRONMENT, id(flow), Flow::attempted);
                return null;
            };
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                for (Future<@Nullable Void> done : threads.invokeAll(Collections.nCopies(clients, client))) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(flows.get(ENVIRONMENT, id(flow)).attempts()).isEqualTo(clients);
        }
    }
}
