package org.oathbound.job.control;

import jakarta.json.JsonValue;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.token.entity.Origin;

/** What one type of job does with one of its rows. */
sealed interface RowWork permits CreateToken, RevokeToken, PairToken, UnpairToken {

    /** Does it, or finds that it is done, or says what is wrong with the row. */
    void row(Environment environment, Job.Options options, Origin origin, JsonValue row, Tally tally);
}
