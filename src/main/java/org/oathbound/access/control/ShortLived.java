package org.oathbound.access.control;

import com.hazelcast.config.CacheConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** Makes caches of what may be lost: a stop empties them. */
public final class ShortLived {

    private ShortLived() {}

    /**
     * A cache of texts by texts.
     *
     * @param max about so many are kept, the least recently used go first
     * @param lasts counted from when one is put there
     */
    public static Cache<String, String> cache(CacheManager caches, String name, int max, Duration lasts) {
        @Nullable Cache<String, String> existing = caches.getCache(name, String.class, String.class);
        if (existing != null) {
            return existing; // of an earlier deployment, or of another node
        }
        CacheConfig<String, String> config = new CacheConfig<>();
        config.setTypes(String.class, String.class);
        config.setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, lasts.toMillis())));
        config.getEvictionConfig().setSize(max);
        return caches.createCache(name, config);
    }
}
