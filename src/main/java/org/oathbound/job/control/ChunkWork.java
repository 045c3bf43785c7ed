package org.oathbound.job.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.device.control.DevicePairing;
import org.oathbound.directory.Batch;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.person.control.Enrolments;
import org.oathbound.problem.Contention;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.JobRow;

/** Works through the rows of one chunk and swaps them for their result. */
@ApplicationScoped
class ChunkWork {

    private static final Logger LOG = System.getLogger(ChunkWork.class.getName());
    private static final Detail UNREADABLE = new Detail(
            DetailCode.CONSTRAINT_VIOLATION, null, "What is stored of this token can't be read; the log says more.");
    private static final JsonProvider JSON = JsonProvider.provider();

    private final Directory directory;
    private final Batch batch;
    private final Seals seals;
    private final CreateToken createToken;
    private final RevokeToken revokeToken;
    private final PairToken pairToken;
    private final UnpairToken unpairToken;
    private final LabelToken labelToken;
    private final ChangeSelectedDevice selectedDevice;
    private final Tokens tokens;
    private final DevicePairing pairing;
    private final Enrolments enrolments;
    private final Audit audit;
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Inject
    ChunkWork(
            Directory directory,
            Batch batch,
            Seals seals,
            CreateToken createToken,
            RevokeToken revokeToken,
            PairToken pairToken,
            UnpairToken unpairToken,
            LabelToken labelToken,
            ChangeSelectedDevice selectedDevice,
            Tokens tokens,
            DevicePairing pairing,
            Enrolments enrolments,
            Audit audit) {
        this.directory = directory;
        this.batch = batch;
        this.seals = seals;
        this.createToken = createToken;
        this.revokeToken = revokeToken;
        this.pairToken = pairToken;
        this.unpairToken = unpairToken;
        this.labelToken = labelToken;
        this.selectedDevice = selectedDevice;
        this.tokens = tokens;
        this.pairing = pairing;
        this.enrolments = enrolments;
        this.audit = audit;
    }

    /**
     * True when the chunk has its result, this time or before; false when the service stops.
     *
     * @param planned of a preview: tokens that earlier chunks would create; grows with those of this one
     */
    boolean work(Environment environment, Job job, int chunk, PlannedTokens planned) {
        ReadOnlyEntry entry = read(environment, job, chunk);
        if (JobEntry.isDone(entry)) {
            if (job.options().preview()) {
                planned.add(JobEntry.lines(entry));
            }
            return true;
        }
        JsonArray rows = open(environment, job, chunk, entry);
        RowWork work = workOf(job, planned);
        return batch.together(() -> work(environment, job, chunk, entry, rows, work));
    }

    boolean isDone(Environment environment, Job job, int chunk) {
        return JobEntry.isDone(read(environment, job, chunk));
    }

    /**
     * What the chunk's rows would come to, as a preview finds it out, and changes nothing; empty when the service stops.
     *
     * @param planned tokens that earlier chunks would create; grows with those of this one
     */
    Optional<ChunkTotals> rehearse(Environment environment, Job job, int chunk, PlannedTokens planned) {
        ChunkTotals totals = new ChunkTotals(false);
        JsonArray rows = open(environment, job, chunk, read(environment, job, chunk));
        RowWork rehearsal = createToken.in(new PreviewSteps(tokens, pairing, enrolments, planned));
        return worked(environment, job, chunk, rows, rehearsal, totals) ? Optional.of(totals) : Optional.empty();
    }

    /** Ends a chunk without having changed anything. */
    void leave(Environment environment, Job job, int chunk, ChunkTotals rehearsed) {
        rehearsed.leave();
        store(read(environment, job, chunk), rehearsed);
    }

    private ReadOnlyEntry read(Environment environment, Job job, int chunk) {
        return directory
                .read(JobEntry.chunkDn(environment, job.id(), chunk))
                .orElseThrow(() -> new Problem.Corrupt("The job " + job.id() + " has lost its chunk " + chunk + "."));
    }

    private boolean work(
            Environment environment, Job job, int chunk, ReadOnlyEntry entry, JsonArray rows, RowWork work) {
        ChunkTotals totals = new ChunkTotals(job.options().preview());
        // Their lines stand before the result does: a chunk that is cut off tells of them again.
        if (!audit.together(() -> worked(environment, job, chunk, rows, work, totals))) {
            return false;
        }
        store(entry, totals);
        return true;
    }

    /** False when the service stops before the last row. */
    private boolean worked(
            Environment environment, Job job, int chunk, JsonArray rows, RowWork work, ChunkTotals totals) {
        for (int row = 0; row < rows.size(); row++) {
            if (isStopped()) {
                return false;
            }
            JobRow origin = new JobRow(job.id(), chunk * JobUpload.CHUNK_ROWS + row);
            totals.row(origin.ordinal() + 1, List.of(""));
            try {
                work.row(environment, job.options(), origin, rows.get(row), totals);
            } catch (Problem.Corrupt corrupt) {
                LOG.log(Level.ERROR, "The job {0}, row {1}: {2}", job.id(), origin.ordinal() + 1, corrupt.getMessage());
                totals.faulty(null, UNREADABLE);
            }
            totals.processed();
        }
        return true;
    }

    /** The rows may have been sealed anew since they were read. If there is a result, another runs the same job: as good as this. */
    private void store(ReadOnlyEntry read, ChunkTotals totals) {
        DN dn = Directory.nameOf(read);
        Contention.settle(() -> directory
                        .read(dn)
                        .filter(chunk -> !JobEntry.isDone(chunk))
                        .map(chunk -> directory.modifyIfUnchanged(
                                chunk, JobEntry.done(chunk, totals.result(), totals.lines())))
                        .orElse(true)
                ? Optional.of(true)
                : Optional.empty());
    }

    void stop() {
        stopped.countDown();
    }

    /** Waits, but not longer than the service runs; false when it stops. */
    boolean pauseFor(Duration duration) {
        try {
            return !stopped.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private RowWork workOf(Job job, PlannedTokens planned) {
        return switch (job.type()) {
            case CREATE_OATH_TOKENS ->
                job.options().preview()
                        ? createToken.in(new PreviewSteps(tokens, pairing, enrolments, planned))
                        : createToken;
            case REVOKE_OATH_TOKENS -> revokeToken;
            case PAIR_OATH_TOKENS -> pairToken;
            case UNPAIR_OATH_TOKENS -> job.options().columns() == null ? unpairToken : selectedDevice.of(job.type());
            case BLOCK_OATH_TOKENS, UNBLOCK_OATH_TOKENS -> selectedDevice.of(job.type());
            case LABEL_OATH_TOKENS -> labelToken;
        };
    }

    private JsonArray open(Environment environment, Job job, int chunk, ReadOnlyEntry entry) {
        byte[] rows;
        try {
            rows = seals.open(JobEntry.binding(environment, job.id(), chunk), entry.getAttributeValue(Schema.PAYLOAD));
        } catch (Problem.Corrupt e) {
            audit.record(new AuditEvent(Action.ENTRY_CORRUPT, Outcome.REFUSED)
                    .object(job.id())
                    .reason("DOES_NOT_OPEN"));
            throw e;
        }
        try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(rows))) {
            return reader.readArray();
        }
    }
}
