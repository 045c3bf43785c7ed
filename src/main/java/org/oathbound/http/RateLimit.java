package org.oathbound.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.oathbound.problem.Problem;

/**
 * How often each of many callers may ask: so many times at once, and as many again, evenly, in the period that follows.
 * Holds the last {@value #MAX_CALLERS} callers, so that many callers can't fill the memory; a caller that was forgotten
 * begins anew.
 */
public final class RateLimit {

    private static final int MAX_CALLERS = 50_000;

    private final int requests;
    private final Duration period;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    /** @param requests in the period; 0 for no limit */
    public RateLimit(int requests, Duration period) {
        // Not the wall clock: one that is set back would shut every caller out.
        this(requests, period, System::nanoTime);
    }

    /** @param nanoTime that goes forward only */
    public RateLimit(int requests, Duration period, LongSupplier nanoTime) {
        if (requests < 0) {
            throw new IllegalArgumentException("oathbound.limits: a limit can't be negative: " + requests);
        }
        this.requests = requests;
        this.period = period;
        this.time = new Nanoseconds(nanoTime);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(period) // full again by then
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Counts one request of the caller; {@link Problem.Limited} when it is one too many. */
    public void take(String caller) {
        if (requests > 0) {
            ConsumptionProbe probe = bucketOf(caller).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw new Problem.Limited(Duration.ofNanos(probe.getNanosToWaitForRefill()));
            }
        }
    }

    /** One request of the caller turned out not to count. */
    public void giveBack(String caller) {
        if (requests > 0) {
            bucketOf(caller).addTokens(1);
        }
    }

    private Bucket bucketOf(String caller) {
        return buckets.get(caller, any -> Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, period))
                .withCustomTimePrecision(time)
                .build());
    }

    private record Nanoseconds(LongSupplier source) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return source.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
