package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.device.control.Devices;
import org.oathbound.device.control.Unpairing;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.environment.Environment;
import org.oathbound.job.control.PairRow.Pair;
import org.oathbound.job.entity.Job;
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
            AuditEvent unpaired = new AuditEvent(Action.DEVICE_UNPAIR, Outcome.SUCCESS)
                    .person(pair.person())
                    .token(TokenId.of(environment.id(), pair.serialNumber()));
            if (!enrolments.isMarkedBy(environment, pair.person(), origin.toString())) {
                unpaired = unpaired.object(unpair(environment, pair, origin));
            }
            audit.record(unpaired);
            totals.succeeded();
        } catch (Problem.InvalidData | Problem.NotFound refused) {
            totals.refused(row, refused);
        }
    }

    private UUID unpair(Environment environment, Pair pair, JobRow origin) {
        TokenId token = TokenId.of(environment.id(), pair.serialNumber());
        Optional<PairedDevice> paired = devices.list(environment, pair.person()).stream()
                .filter(device -> device.device().token().equals(token))
                .findFirst();
        if (paired.isEmpty()) {
            throw new Problem.InvalidData(
                    DetailCode.CONSTRAINT_VIOLATION, "serialNumber", "The user has no token with this serial number.");
        }
        UUID device = paired.get().device().id();
        unpairing.unpair(environment, pair.person(), device, token, origin.toString());
        return device;
    }
}
