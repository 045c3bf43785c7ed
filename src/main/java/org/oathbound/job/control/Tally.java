package org.oathbound.job.control;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.job.entity.Result;
import org.oathbound.problem.Detail;

/** Counts what the rows of one chunk come to. For one thread. */
final class Tally {

    private int processed;
    private int succeeded;
    private final List<Result.Duplicate> duplicates = new ArrayList<>();
    private final List<Result.Fault> faults = new ArrayList<>();
    private final List<Result.ShortSecret> shortSecrets = new ArrayList<>();
    private final List<UUID> paired = new ArrayList<>();

    void processed() {
        processed++;
    }

    void succeeded() {
        succeeded++;
    }

    void duplicate(Result.Duplicate duplicate) {
        duplicates.add(duplicate);
    }

    void shortSecret(Result.ShortSecret shortSecret) {
        shortSecrets.add(shortSecret);
    }

    void paired(UUID token) {
        paired.add(token);
    }

    void faulty(int rowNumber, @Nullable String subject, Detail detail) {
        faults.add(new Result.Fault(rowNumber, subject, detail.code().name(), detail.target(), detail.message()));
    }

    Result result() {
        return new Result(processed, succeeded, duplicates, faults, shortSecrets, paired);
    }
}
