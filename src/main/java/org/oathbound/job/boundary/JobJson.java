package org.oathbound.job.boundary;

import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.Link;
import org.oathbound.http.Links;
import org.oathbound.http.Reference;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Job.Status;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.Totals;

/** A job as PingOne's API shows it, and our own members. */
public record JobJson(
        @JsonbProperty("_links") Map<String, Link> links,
        UUID id,
        Reference environment,
        Job.Type type,
        boolean async,
        Status status,
        @Nullable Boolean preview,
        @Nullable String reason,
        ResultJson result,
        @Nullable Progress progress,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** How many rows there are, and how many were looked at. */
    public record Progress(int total, int processed) {}

    /** What the rows came to; counts for the type of the job, and lists as far as they are not empty. */
    public record ResultJson(
            @Nullable Integer created,
            @Nullable Integer revoked,
            @Nullable Integer pairsCreated,
            @Nullable Integer pairsRemoved,
            @Nullable Integer blocked,
            @Nullable Integer unblocked,
            @Nullable Integer labelled,
            @Nullable List<Result.Duplicate> duplicates,
            @Nullable List<FaultJson> errors,
            @Nullable List<Result.ShortSecret> shortSecrets,
            @Nullable List<UUID> paired) {}

    /** One fault of one row: its token's id where rows are such ids, the row's serial number elsewhere. */
    public record FaultJson(
            int rowNumber,
            @Nullable String serialNumber,
            @Nullable String id,
            String code,
            @Nullable String target,
            String message,
            @Nullable Boolean inStock) {}

    /** The answer that a job is taken: what PingOne publishes, and nothing more. */
    static JobJson taken(UUID environment, Job job, Links links) {
        return json(environment, job, counts(job, Totals.NONE), null, null, links);
    }

    /** A job in a list: its counts, without what is said row by row. */
    static JobJson summary(UUID environment, Job job, Totals totals, Links links) {
        return json(environment, job, counts(job, totals), totals, job.createdAt(), links);
    }

    /** A job with all that its rows came to. */
    static JobJson whole(UUID environment, Job job, Result result, Links links) {
        boolean byId = job.options().columns() == null
                && (job.type() == Job.Type.REVOKE_OATH_TOKENS || job.type() == Job.Type.LABEL_OATH_TOKENS);
        List<FaultJson> faults = result.faults().stream()
                .map(fault -> new FaultJson(
                        fault.rowNumber(),
                        byId ? null : fault.subject(),
                        byId ? fault.subject() : null,
                        fault.code(),
                        fault.target(),
                        fault.message(),
                        fault.inStock()))
                .toList();
        ResultJson json = resultJson(
                job,
                result.totals(),
                orNull(result.duplicates()),
                orNull(faults),
                orNull(result.shortSecrets()),
                orNull(result.paired()));
        return json(environment, job, json, result.totals(), job.createdAt(), links);
    }

    private static JobJson json(
            UUID environment,
            Job job,
            ResultJson result,
            @Nullable Totals progress,
            @Nullable Instant createdAt,
            Links links) {
        return new JobJson(
                links.of(environment, JobsResource.ANY_JOBS, job.id()),
                job.id(),
                new Reference(environment),
                job.type(),
                true,
                job.status(),
                job.options().preview() ? true : null,
                job.reason(),
                result,
                progress == null ? null : new Progress(job.rows(), progress.processed()),
                createdAt,
                job.startedAt(),
                job.finishedAt());
    }

    private static ResultJson counts(Job job, Totals totals) {
        return resultJson(job, totals, null, null, null, null);
    }

    private static ResultJson resultJson(
            Job job,
            Totals counts,
            @Nullable List<Result.Duplicate> duplicates,
            @Nullable List<FaultJson> faults,
            @Nullable List<Result.ShortSecret> shortSecrets,
            @Nullable List<UUID> paired) {
        Job.Type type = job.type();
        Integer succeeded = counts.succeeded();
        Integer pairsCreated = counts.pairsCreated() == 0 ? null : (Integer) counts.pairsCreated();
        return new ResultJson(
                type == Job.Type.CREATE_OATH_TOKENS ? succeeded : null,
                type == Job.Type.REVOKE_OATH_TOKENS ? succeeded : null,
                type == Job.Type.PAIR_OATH_TOKENS ? succeeded : pairsCreated,
                type == Job.Type.UNPAIR_OATH_TOKENS ? succeeded : null,
                type == Job.Type.BLOCK_OATH_TOKENS ? succeeded : null,
                type == Job.Type.UNBLOCK_OATH_TOKENS ? succeeded : null,
                type == Job.Type.LABEL_OATH_TOKENS ? succeeded : null,
                duplicates,
                faults,
                shortSecrets,
                paired);
    }

    private static <T> @Nullable List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
