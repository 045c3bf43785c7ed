package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * One who uses servers that are killed, and knows what they said. A client notes what it asks for before it asks, and what
 * it was told when it was told; when a request fails nothing more is noted, and {@link #verify} finds out what became of it.
 */
interface CrashClient {

    /** Meets a new server. */
    Operation meet(Interfaces server);

    /** Holds what a server has after its start against what was said before. Nobody else uses the server meanwhile. */
    default void verify(Interfaces server) throws Exception {}

    /** What a client does again and again, in one thread. */
    interface Operation {
        void once() throws Exception;
    }

    /** An answer with one of these statuses; from a service that can't answer now it is none. */
    static Answer answered(Answer answer, Integer... statuses) {
        if (answer.status() == 503) {
            throw new UncheckedIOException(new IOException(answer.body()));
        }
        assertThat(answer.status()).as(answer.body()).isIn(Arrays.asList(statuses));
        return answer;
    }
}
