package org.oathbound.job.control;

import java.time.Clock;
import java.util.concurrent.Executor;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Directory;
import org.oathbound.sealing.Seals;

/** The job component's beans as the container would wire them. */
public final class JobsFixture {

    private JobsFixture() {}

    public static Jobs jobs(Directory directory, Seals seals, Executor background) {
        JobRunner runner = new JobRunner(directory, chunkWork(directory, seals), background, Clock.systemUTC());
        return new Jobs(directory, seals, runner, Clock.systemUTC());
    }

    static ChunkWork chunkWork(Directory directory, Seals seals) {
        DevicesFixture parts = new DevicesFixture(directory, seals, Clock.systemUTC());
        PairRow rows = new PairRow(parts.persons, parts.enrolments);
        return new ChunkWork(
                directory,
                seals,
                createToken(parts),
                new RevokeToken(parts.tokens),
                new PairToken(rows, execution(parts)),
                new UnpairToken(rows, parts.enrolments, parts.devices, parts.unpairing),
                parts.tokens,
                parts.pairing);
    }

    static CreateToken createToken(DevicesFixture parts) {
        return new CreateToken(execution(parts), parts.tokens, parts.persons, parts.settings, Clock.systemUTC());
    }

    private static Execution execution(DevicesFixture parts) {
        return new Execution(parts.tokens, parts.enrolments, parts.pairing);
    }
}
