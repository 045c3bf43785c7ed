package org.oathbound.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.oathbound.problem.Problem;

/** How many attempts of each of many were wrong and right lately. Holds the last {@value #MAX_KEYS}. */
final class Attempts {

    private static final int MAX_KEYS = 50_000;
    private static final double NANOS_A_MINUTE = TimeUnit.MINUTES.toNanos(1);
    /** After so long what was right or wrong counts half. */
    private static final double HALF_LIFE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Cache<String, Score> scores;

    /** @param perMinute 0 for no limit */
    Attempts(int perMinute, LongSupplier nanoTime) {
        if (perMinute < 0) {
            throw new IllegalArgumentException("oathbound.limits: a limit can't be negative: " + perMinute);
        }
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.scores = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterAccess(Duration.ofHours(2))
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** {@link Problem.Limited} when as many were wrong as the limit allows. */
    void requireWithinLimit(String key) {
        require(key, Score::nanosUntilNext);
    }

    /** The same, unless more were right lately than wrong. */
    void requireMoreRightOrWithinLimit(String key) {
        require(key, score -> score.wrong > score.right ? score.nanosUntilNext() : 0);
    }

    private void require(String key, ToDoubleFunction<Score> wait) {
        if (perMinute > 0) {
            double nanos = at(key, wait);
            if (nanos > 0) {
                throw new Problem.Limited(Duration.ofNanos((long) nanos));
            }
        }
    }

    void begin(String key) {
        at(key, score -> score.wrong(1));
    }

    void undo(String key) {
        at(key, score -> score.wrong(-1));
    }

    void right(String key) {
        at(key, score -> score.right += 1);
    }

    private double at(String key, ToDoubleFunction<Score> use) {
        Score score = scores.get(key, any -> new Score(nanoTime.getAsLong()));
        synchronized (score) {
            score.age(nanoTime.getAsLong());
            return use.applyAsDouble(score);
        }
    }

    private final class Score {

        private long at;
        private double spent;
        private double wrong;
        private double right;

        Score(long now) {
            this.at = now;
        }

        void age(long now) {
            double passed = Math.max(0, now - at);
            double left = Math.pow(0.5, passed / HALF_LIFE_NANOS);
            wrong *= left;
            right *= left;
            spent = Math.max(0, spent - passed / NANOS_A_MINUTE * perMinute);
            at = now;
        }

        double wrong(int count) {
            wrong = Math.max(0, wrong + count);
            spent = Math.max(0, spent + count);
            return spent;
        }

        /** Zero or less while there is room. */
        double nanosUntilNext() {
            return (spent + 1 - perMinute) * NANOS_A_MINUTE / perMinute;
        }
    }
}
