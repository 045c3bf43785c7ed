package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.Environment;
import org.oathbound.job.control.PairRow.Pair;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.TokenId;

/** A row that pairs a token with a person. */
@Dependent
final class PairToken implements RowWork {

    private final PairRow rows;
    private final Execution execution;
    private final DevicePairing pairing;
    private final RefuseRoleHolders roles;

    @Inject
    PairToken(PairRow rows, Execution execution, DevicePairing pairing, RefuseRoleHolders roles) {
        this.rows = rows;
        this.execution = execution;
        this.pairing = pairing;
        this.roles = roles;
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        totals.row(origin.ordinal() + 1, PairRow.cells(row));
        try {
            JsonObject document = PairRow.object(row);
            Pair pair = rows.read(environment, document);
            NewDevice device = PairRow.device(document, pair.serialNumber());
            if (options.preview()) {
                roles.requireNone(environment, pair.person(), device);
                pairing.checkFob(environment, pair.person(), device, TokenId.of(environment.id(), pair.serialNumber()));
            } else {
                execution.pair(environment, pair.person(), device, origin);
            }
            totals.succeeded(RowReport.Outcome.PAIR);
        } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
            totals.refused(row, refused);
        }
    }
}
