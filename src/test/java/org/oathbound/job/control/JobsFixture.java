package org.oathbound.job.control;

import java.time.Clock;
import java.util.concurrent.Executor;
import org.oathbound.directory.Directory;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;

/** The job component's beans as the container would wire them. */
public final class JobsFixture {

    private JobsFixture() {}

    public static Jobs jobs(Directory directory, Seals seals, Executor background) {
        Tokens tokens = TokensFixture.tokens(directory, seals);
        ChunkWork chunks = new ChunkWork(directory, seals, new CreateToken(tokens), new RevokeToken(tokens));
        JobRunner runner = new JobRunner(directory, chunks, background, Clock.systemUTC());
        return new Jobs(directory, seals, runner, Clock.systemUTC());
    }
}
