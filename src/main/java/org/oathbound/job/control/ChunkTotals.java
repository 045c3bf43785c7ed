package org.oathbound.job.control;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.job.entity.Result;
import org.oathbound.job.entity.RowReport;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.entity.SerialNumber;

/** Counts what the rows of one chunk come to, one after the other. For one thread. */
final class ChunkTotals {

    private final boolean reportsAll;
    private int processed;
    private int succeeded;
    private int paired;
    private final List<Result.Duplicate> duplicates = new ArrayList<>();
    private final List<Result.Fault> faults = new ArrayList<>();
    private final List<Result.ShortSecret> shortSecrets = new ArrayList<>();
    private final List<UUID> stillPaired = new ArrayList<>();
    private final List<RowReport> lines = new ArrayList<>();

    private int rowNumber;
    private List<String> cells = List.of("");
    private @Nullable Outcome outcome;
    private @Nullable String serialNumber;
    private final List<String> reasons = new ArrayList<>();

    /** @param reportsAll whether the report has every row, not only those that are not right */
    ChunkTotals(boolean reportsAll) {
        this.reportsAll = reportsAll;
    }

    /** The next row begins. */
    void row(int number, List<String> itsCells) {
        rowNumber = number;
        cells = itsCells;
        outcome = null;
        serialNumber = null;
        reasons.clear();
    }

    /** The row ends. */
    void processed() {
        processed++;
        boolean right = outcome == null || outcome == Outcome.CREATE || outcome == Outcome.CREATE_AND_PAIR;
        if (outcome != null && (reportsAll || !right)) {
            lines.add(new RowReport(rowNumber, cells, outcome, serialNumber, String.join(" ", reasons)));
        }
    }

    void succeeded() {
        succeeded++;
    }

    /** @param itsSerialNumber null for an app, which has none */
    void created(Outcome how, @Nullable String itsSerialNumber) {
        succeeded++;
        serialNumber = itsSerialNumber;
        paired += how == Outcome.CREATE_AND_PAIR ? 1 : 0;
        outcome = how;
    }

    void createdWithoutPairing(String itsSerialNumber, Problem why) {
        refused(itsSerialNumber, why);
        created(Outcome.CREATE_WITHOUT_PAIRING, itsSerialNumber);
    }

    void duplicate(String taken, String maskedSecret) {
        duplicates.add(new Result.Duplicate(rowNumber, taken, maskedSecret));
        outcome = Outcome.DUPLICATE;
        reasons.add("There is a token with this serial number already.");
    }

    void shortSecret(String itsSerialNumber, int bits) {
        shortSecrets.add(new Result.ShortSecret(rowNumber, itsSerialNumber, bits));
        reasons.add("The secret has " + bits + " bits only.");
    }

    void stillPaired(UUID token) {
        stillPaired.add(token);
        outcome = Outcome.STILL_PAIRED;
        reasons.add("The token is paired.");
    }

    void faulty(@Nullable String subject, Detail fault) {
        faults.add(new Result.Fault(rowNumber, subject, fault.code().name(), fault.target(), fault.message()));
        outcome = Outcome.FAULTY;
        reasons.add(fault.target() == null ? fault.message() : fault.target() + ": " + fault.message());
    }

    /** A row that was refused: each fault of it, or that what it is about is gone. */
    void refused(JsonValue row, Problem problem) {
        refused(row instanceof JsonObject document ? serialNumber(document) : null, problem);
    }

    /** The same of a row whose subject is known. */
    void refused(@Nullable String subject, Problem problem) {
        problem.details().forEach(detail -> faulty(subject, detail));
        if (problem.details().isEmpty()) {
            faulty(subject, new Detail(DetailCode.INVALID_VALUE, null, problem.getMessage()));
        }
    }

    Result result() {
        return new Result(processed, succeeded, paired, duplicates, faults, shortSecrets, stillPaired);
    }

    /** What the report says of the rows. */
    List<RowReport> lines() {
        return lines;
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
