package org.oathbound.job.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Options;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.Totals;
import org.oathbound.sealing.Binding;

/** A job and its chunks as LDAP entries, and back. */
final class JobEntry {

    private static final Jsonb JSON = JsonbBuilder.create();

    private JobEntry() {}

    static DN dn(Environment environment, UUID id) {
        return new DN(new RDN(Schema.ID, id.toString()), environment.jobs());
    }

    static DN chunkDn(Environment environment, UUID job, int ordinal) {
        return new DN(new RDN(Schema.ID, chunkId(job, ordinal)), dn(environment, job));
    }

    /** A job of which nothing is known yet but that it comes. */
    static Entry receiving(Environment environment, UUID id, Job.Type type, Instant now) {
        Entry entry = Attributes.newEntry(dn(environment, id), "top", Schema.OATHBOUND_JOB);
        Attributes.put(entry, Schema.JOB_TYPE, type);
        Attributes.put(entry, Schema.JOB_STATUS, Status.RECEIVING);
        Attributes.put(entry, Schema.CREATED_AT, now);
        return entry;
    }

    static Entry pending(Entry receiving, Options options, int rows, int chunks) {
        Entry pending = Attributes.with(receiving, Schema.JOB_STATUS, Status.PENDING);
        Attributes.put(pending, Schema.JOB_OPTIONS, JSON.toJson(options));
        Attributes.put(pending, Schema.ROWS, rows);
        Attributes.put(pending, Schema.CHUNKS, chunks);
        return pending;
    }

    /** A job whose first row begins; the same entry where it has begun before. */
    static Entry started(Entry pending, Instant now) {
        return pending.hasAttribute(Schema.STARTED_AT) || status(pending) != Status.PENDING
                ? pending
                : Attributes.with(pending, Schema.STARTED_AT, now);
    }

    static Entry finished(Entry pending, Status status, Optional<String> reason, Totals totals, Instant now) {
        Entry finished = Attributes.with(pending, Schema.JOB_STATUS, status);
        Attributes.put(finished, Schema.TOTALS, JSON.toJson(totals));
        Attributes.put(finished, Schema.FINISHED_AT, now);
        reason.ifPresent(text -> Attributes.put(finished, Schema.JOB_REASON, text));
        return finished;
    }

    /** One that will fail, which it does when each of its rows has its result. */
    static Entry refused(Entry pending, String reason) {
        return pending.hasAttribute(Schema.JOB_REASON) || status(pending) != Status.PENDING
                ? pending
                : Attributes.with(pending, Schema.JOB_REASON, reason);
    }

    /** A finished job, hidden from clients while its entries are being removed. */
    static Entry hidden(Entry finished) {
        return Attributes.with(finished, Schema.JOB_STATUS, Status.RECEIVING);
    }

    static Status status(Entry entry) {
        return Status.valueOf(Attributes.text(entry, Schema.JOB_STATUS));
    }

    static UUID id(Entry entry) {
        return Attributes.uuid(entry, Schema.ID);
    }

    /** The job; not for one that is still being received. */
    static Job job(Entry entry) {
        String totals = entry.getAttributeValue(Schema.TOTALS);
        return new Job(
                id(entry),
                Job.Type.valueOf(Attributes.text(entry, Schema.JOB_TYPE)),
                status(entry),
                JSON.fromJson(entry.getAttributeValue(Schema.JOB_OPTIONS), Options.class),
                entry.getAttributeValueAsInteger(Schema.ROWS),
                entry.getAttributeValueAsInteger(Schema.CHUNKS),
                Attributes.time(entry, Schema.CREATED_AT),
                Attributes.timeOrNull(entry, Schema.STARTED_AT),
                Attributes.timeOrNull(entry, Schema.FINISHED_AT),
                entry.getAttributeValue(Schema.JOB_REASON),
                totals == null ? null : JSON.fromJson(totals, Totals.class));
    }

    static Entry chunk(Environment environment, UUID job, int ordinal, String sealedRows) {
        Entry entry = Attributes.newEntry(chunkDn(environment, job, ordinal), "top", Schema.OATHBOUND_CHUNK);
        Attributes.put(entry, Schema.PAYLOAD, sealedRows);
        return entry;
    }

    /** The rows give way to what they came to, in one write. */
    static Entry done(ReadOnlyEntry chunk, Result result, List<RowReport> lines) {
        Entry done = Attributes.with(chunk, Schema.PAYLOAD, null);
        Attributes.put(done, Schema.RESULT, JSON.toJson(result));
        Attributes.put(done, Schema.TOTALS, JSON.toJson(result.totals()));
        Attributes.put(done, Schema.REPORT, lines.isEmpty() ? null : JSON.toJson(lines));
        return done;
    }

    /** The report's lines for the chunk's rows; none while it waits. */
    static List<RowReport> lines(Entry chunk) {
        String json = chunk.getAttributeValue(Schema.REPORT);
        return json == null ? List.of() : List.of(JSON.fromJson(json, RowReport[].class));
    }

    /** Whether the chunk has its result. */
    static boolean isDone(Entry chunk) {
        return chunk.hasAttribute(Schema.RESULT);
    }

    /** Empty while the chunk waits. Only of a chunk that an earlier version has done, its result is parsed. */
    static Optional<Totals> totals(Entry chunk) {
        String json = chunk.getAttributeValue(Schema.TOTALS);
        return json == null ? parsedResult(chunk).map(Result::totals) : Optional.of(JSON.fromJson(json, Totals.class));
    }

    /** Empty while the chunk waits. It is parsed only where it lists something, or an earlier version has done the chunk. */
    static Optional<Result> result(Entry chunk) {
        return chunk.hasAttribute(Schema.TOTALS)
                ? totals(chunk)
                        .flatMap(totals -> totals.listed() == 0 ? Optional.of(Result.of(totals)) : parsedResult(chunk))
                : parsedResult(chunk);
    }

    private static Optional<Result> parsedResult(Entry chunk) {
        return Optional.ofNullable(chunk.getAttributeValue(Schema.RESULT))
                .map(json -> JSON.fromJson(json, Result.class));
    }

    static Binding binding(Environment environment, UUID job, int ordinal) {
        return new Binding(environment.id(), chunkId(job, ordinal), job.toString());
    }

    private static String chunkId(UUID job, int ordinal) {
        return job + "-" + ordinal;
    }
}
