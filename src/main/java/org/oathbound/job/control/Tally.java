package org.oathbound.job.control;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.job.entity.Result;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.SerialNumber;

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

    /** A row that was refused: each fault of it, or that what it is about is gone. */
    void refused(int rowNumber, JsonValue row, Problem problem) {
        String subject = row instanceof JsonObject document ? serialNumber(document) : null;
        problem.details().forEach(detail -> faulty(rowNumber, subject, detail));
        if (problem.details().isEmpty()) {
            faulty(rowNumber, subject, new Detail(DetailCode.INVALID_VALUE, null, problem.getMessage()));
        }
    }

    Result result() {
        return new Result(processed, succeeded, duplicates, faults, shortSecrets, paired);
    }

    /** For the report: never longer than a serial number may be, whatever the row says. */
    static @Nullable String serialNumber(JsonObject document) {
        if (!(document.get("serialNumber") instanceof JsonString text)) {
            return null;
        }
        String trimmed = text.getString().strip();
        return trimmed.length() <= SerialNumber.MAX_LENGTH
                ? trimmed
                : trimmed.substring(0, SerialNumber.MAX_LENGTH) + "…";
    }
}
