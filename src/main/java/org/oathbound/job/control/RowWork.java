package org.oathbound.job.control;

import jakarta.json.JsonValue;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.token.entity.JobRow;

/** The work of one type of job for one of its rows. */
sealed interface RowWork
        permits CreateToken, RevokeToken, PairToken, UnpairToken, LabelToken, ChangeSelectedDevice.Work {

    /** Does it, or finds that it is done, or says what is wrong with the row. */
    void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals);
}
