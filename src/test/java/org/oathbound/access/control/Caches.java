package org.oathbound.access.control;

import com.hazelcast.cache.impl.HazelcastServerCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import javax.cache.CacheManager;

/** The cache as Payara Micro brings it, alone, for all tests of one run. */
public final class Caches {

    public static final CacheManager MANAGER = manager();

    private Caches() {}

    private static CacheManager manager() {
        Config config = new Config()
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        return new HazelcastServerCachingProvider(Hazelcast.newHazelcastInstance(config)).getCacheManager();
    }
}
