package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.job.control.PairRow.Pair;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.JobRow;

/** A row that pairs a token with a person. */
@Dependent
final class PairToken implements RowWork {

    private final PairRow rows;
    private final Execution execution;

    @Inject
    PairToken(PairRow rows, Execution execution) {
        this.rows = rows;
        this.execution = execution;
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        totals.row(origin.ordinal() + 1, PairRow.cells(row));
        try {
            JsonObject document = PairRow.object(row);
            Pair pair = rows.read(environment, document);
            NewDevice device = PairRow.device(document, pair.serialNumber());
            execution.pair(environment, pair.person(), device, origin);
            totals.succeeded();
        } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
            totals.refused(row, refused);
        }
    }
}
