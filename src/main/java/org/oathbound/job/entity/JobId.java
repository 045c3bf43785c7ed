package org.oathbound.job.entity;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids of jobs: UUIDs of version 7 (RFC 9562 section 5.7), so that their order is that of their creation. */
public final class JobId {

    private JobId() {}

    public static UUID at(Instant createdAt, RandomGenerator random) {
        long high = (createdAt.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0fffL);
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
