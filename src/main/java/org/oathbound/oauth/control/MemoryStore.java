package org.oathbound.oauth.control;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Optional;

/** In the memory of this process, and bounded: no other process can see or change it. */
public final class MemoryStore<V> implements ExpiringStore<V> {

    private final Cache<String, V> cache;

    /**
     * @param max so many values are kept; those that are seldom asked for go first
     * @param lasts counted from when a value is put there
     */
    public MemoryStore(int max, Duration lasts) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(max)
                .expireAfter(Expiry.<String, V>creating((key, value) -> lasts))
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<V> get(String key) {
        return Optional.ofNullable(cache.getIfPresent(key));
    }

    @Override
    public void put(String key, V value) {
        cache.put(key, value);
    }

    @Override
    public boolean replace(String key, V before, V after) {
        return cache.asMap().replace(key, before, after);
    }

    @Override
    public Optional<V> remove(String key) {
        return Optional.ofNullable(cache.asMap().remove(key));
    }

    /** How many values there are, about. */
    long size() {
        return cache.estimatedSize();
    }
}
