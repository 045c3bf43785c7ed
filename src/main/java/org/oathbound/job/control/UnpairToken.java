package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.device.control.Devices;
import org.oathbound.device.control.Unpairing;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.job.control.PairRow.Pair;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;
import org.oathbound.person.control.Enrolments;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.TokenId;

/** A row that takes a token from a person. */
@Dependent
final class UnpairToken implements RowWork {

    private final PairRow rows;
    private final Enrolments enrolments;
    private final Devices devices;
    private final Unpairing unpairing;
    private final Audit audit;

    @Inject
    UnpairToken(PairRow rows, Enrolments enrolments, Devices devices, Unpairing unpairing, Audit audit) {
        this.rows = rows;
        this.enrolments = enrolments;
        this.devices = devices;
        this.unpairing = unpairing;
        this.audit = audit;
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        totals.row(origin.ordinal() + 1, PairRow.cells(row));
        try {
            Pair pair = rows.read(environment, PairRow.object(row));
            if (options.preview()) {
                device(environment, pair);
            } else {
                unpair(environment, pair, origin);
            }
            totals.succeeded(RowReport.Outcome.UNPAIR);
        } catch (Problem.InvalidData | Problem.NotFound refused) {
            totals.refused(row, refused);
        }
    }

    private void unpair(Environment environment, Pair pair, JobRow origin) {
        AuditEvent unpaired = new AuditEvent(Action.DEVICE_UNPAIR, Outcome.SUCCESS)
                .person(pair.person())
                .token(TokenId.of(environment.id(), pair.serialNumber()));
        if (!enrolments.isMarkedBy(environment, pair.person(), origin.toString())) {
            Device device = device(environment, pair);
            unpairing.unpair(environment, pair.person(), device.id(), device.token(), origin.toString());
            unpaired = unpaired.object(device.id());
        }
        audit.record(unpaired);
    }

    private Device device(Environment environment, Pair pair) {
        TokenId token = TokenId.of(environment.id(), pair.serialNumber());
        Optional<PairedDevice> paired = devices.list(environment, pair.person()).stream()
                .filter(device -> device.device().token().equals(token))
                .findFirst();
        if (paired.isEmpty()) {
            throw new Problem.InvalidData(
                    DetailCode.CONSTRAINT_VIOLATION, "serialNumber", "The user has no token with this serial number.");
        }
        return paired.get().device();
    }
}
