package org.oathbound.job.control;

import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.Totals;

/** The results of a job's rows so far: sums over its chunks. Those of a finished job stand on its own entry. */
@Dependent
final class JobResults {

    private final Directory directory;

    @Inject
    JobResults(Directory directory) {
        this.directory = directory;
    }

    /** The numbers alone. Reads no chunk of a finished job, but of one that an earlier version has finished. */
    Totals totals(Environment environment, Job job) {
        Totals ofJob = job.totals();
        return ofJob == null ? sum(environment, job, JobEntry::totals, Totals.NONE, Totals::plus) : ofJob;
    }

    /** With the lists. Reads the chunks, unless the job is finished and has nothing to list. */
    Result result(Environment environment, Job job) {
        Totals ofJob = job.totals();
        return ofJob == null || ofJob.listed() > 0
                ? sum(environment, job, JobEntry::result, Result.NONE, Result::plus)
                : Result.of(ofJob);
    }

    private <T> T sum(
            Environment environment, Job job, Function<Entry, Optional<T>> ofChunk, T none, BinaryOperator<T> plus) {
        return IntStream.range(0, job.chunks())
                .mapToObj(chunk -> directory.read(JobEntry.chunkDn(environment, job.id(), chunk)))
                .map(entry -> entry.flatMap(ofChunk).orElse(none))
                .reduce(none, plus);
    }
}
