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
import org.oathbound.device.control.ChangeDevice;
import org.oathbound.device.control.Devices;
import org.oathbound.device.control.Unpairing;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;
import org.oathbound.person.control.Enrolments;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.TokenId;

/**
 * A row that unpairs, blocks or unblocks a device that a selection has found. A device that was paired anew since is another
 * one, and none of the selection.
 */
@Dependent
final class ChangeSelectedDevice {

    private static final Detail UNREADABLE = new Detail(
            DetailCode.CONSTRAINT_VIOLATION,
            null,
            "What is stored of this token can't be read: nobody knows who has it.");

    private final Devices devices;
    private final ChangeDevice changes;
    private final Unpairing unpairing;
    private final Enrolments enrolments;
    private final RefuseRoleHolders roles;
    private final Audit audit;

    @Inject
    ChangeSelectedDevice(
            Devices devices,
            ChangeDevice changes,
            Unpairing unpairing,
            Enrolments enrolments,
            RefuseRoleHolders roles,
            Audit audit) {
        this.devices = devices;
        this.changes = changes;
        this.unpairing = unpairing;
        this.enrolments = enrolments;
        this.roles = roles;
        this.audit = audit;
    }

    RowWork of(Job.Type type) {
        return new Work(type);
    }

    /** The rows of one type of job. */
    final class Work implements RowWork {

        private final Job.Type type;

        private Work(Job.Type type) {
            this.type = type;
        }

        @Override
        public void row(
                Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
            TokenRow selected = TokenRow.read(options, row);
            totals.row(origin.ordinal() + 1, selected.cells());
            UUID person = selected.person();
            UUID device = selected.device();
            if (person == null || device == null) {
                totals.faulty(selected.subject(), UNREADABLE);
                return;
            }
            try {
                TokenId token = new TokenId(selected.token());
                if (options.preview()) {
                    requireNoRole(environment, token, person);
                    check(environment, person, device);
                } else {
                    change(environment, token, person, device, origin);
                    audit.record(new AuditEvent(action(), Outcome.SUCCESS)
                            .person(person)
                            .object(device)
                            .token(token));
                }
                totals.succeeded(outcome());
            } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
                totals.refused(selected.subject(), refused);
            }
        }

        /** Blocking is a state, which a row that is run again finds; unpairing leaves the row's mark. */
        private void change(Environment environment, TokenId token, UUID person, UUID device, JobRow origin) {
            if (enrolments.isMarkedBy(environment, person, origin.toString())) {
                return;
            }
            requireNoRole(environment, token, person);
            switch (type) {
                case BLOCK_OATH_TOKENS -> changes.block(environment, person, device);
                case UNBLOCK_OATH_TOKENS -> changes.unblock(environment, person, device);
                default -> unpairing.unpair(environment, person, device, token, origin.toString());
            }
        }

        private void check(Environment environment, UUID person, UUID device) {
            if (type == Job.Type.UNBLOCK_OATH_TOKENS) {
                changes.checkUnblock(environment, person, device);
            } else {
                devices.get(environment, person, device);
            }
        }

        /** As with calls: taking a device from its person leaves others who have the token as they are. */
        private void requireNoRole(Environment environment, TokenId token, UUID person) {
            Optional<Detail> fault = type == Job.Type.UNPAIR_OATH_TOKENS
                    ? roles.person(environment, person, "serialNumber")
                    : roles.change(environment, token, "serialNumber");
            fault.ifPresent(refused -> {
                throw new Problem.InvalidData(refused);
            });
        }

        private Action action() {
            return switch (type) {
                case BLOCK_OATH_TOKENS -> Action.DEVICE_BLOCK;
                case UNBLOCK_OATH_TOKENS -> Action.DEVICE_UNBLOCK;
                default -> Action.DEVICE_UNPAIR;
            };
        }

        private RowReport.Outcome outcome() {
            return switch (type) {
                case BLOCK_OATH_TOKENS -> RowReport.Outcome.BLOCK;
                case UNBLOCK_OATH_TOKENS -> RowReport.Outcome.UNBLOCK;
                default -> RowReport.Outcome.UNPAIR;
            };
        }
    }
}
