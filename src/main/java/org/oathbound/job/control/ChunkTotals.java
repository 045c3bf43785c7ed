package org.oathbound.job.control;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
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
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.Validity;

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
    private @Nullable String fingerprint;
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
        fingerprint = null;
        reasons.clear();
    }

    /** The row ends. */
    void processed() {
        processed++;
        if (outcome != null && (reportsAll || !isRight(outcome) || !reasons.isEmpty())) {
            lines.add(new RowReport(rowNumber, cells, outcome, serialNumber, fingerprint, String.join(" ", reasons)));
        }
    }

    /** The row does what the job is for, or has done so before. */
    void succeeded(Outcome how) {
        succeeded++;
        outcome = how;
    }

    /** @param itsSerialNumber null for an app, which has none */
    void created(Outcome how, @Nullable String itsSerialNumber) {
        succeeded++;
        serialNumber = itsSerialNumber;
        paired += how == Outcome.CREATE_AND_PAIR ? 1 : 0;
        outcome = how;
    }

    /** @param itsFingerprint of a preview: names the secret of the token that was created */
    void planned(String itsFingerprint) {
        fingerprint = itsFingerprint;
    }

    void createdWithoutPairing(String itsSerialNumber, Problem why) {
        details(why)
                .forEach(detail -> faulty(
                        itsSerialNumber,
                        new Detail(detail.code(), detail.target(), detail.message() + " The token went to stock."),
                        true));
        created(Outcome.CREATE_WITHOUT_PAIRING, itsSerialNumber);
    }

    void duplicate(String taken, String maskedSecret, Existing existing) {
        duplicates.add(new Result.Duplicate(rowNumber, taken, maskedSecret, existing));
        outcome = existing == Existing.OTHER_KEY ? Outcome.TAKEN : Outcome.DUPLICATE;
        reasons.add(existing.message());
    }

    /** What the report says of a row that is right. */
    void note(String sentence) {
        reasons.add(sentence);
    }

    /** Says when none of a token's codes is good. */
    void validity(Validity validity, Instant now) {
        if (validity.isOver(now)) {
            note("Its validity ended at " + validity.until() + ": none of its codes is good.");
        } else if (!validity.includes(now)) {
            note("None of its codes is good before " + validity.from() + ".");
        }
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
        faulty(subject, fault, null);
    }

    private void faulty(@Nullable String subject, Detail fault, @Nullable Boolean inStock) {
        faults.add(new Result.Fault(rowNumber, subject, fault.code().name(), fault.target(), fault.message(), inStock));
        outcome = Outcome.FAULTY;
        reasons.add(fault.target() == null ? fault.message() : fault.target() + ": " + fault.message());
    }

    /** A row that was refused: each fault of it, or that what it is about is gone. */
    void refused(JsonValue row, Problem problem) {
        refused(row instanceof JsonObject document ? serialNumber(document) : null, problem);
    }

    /** The same of a row whose subject is known. */
    void refused(@Nullable String subject, Problem problem) {
        details(problem).forEach(detail -> faulty(subject, detail));
    }

    private static List<Detail> details(Problem problem) {
        return problem.details().isEmpty()
                ? List.of(new Detail(DetailCode.INVALID_VALUE, null, problem.getMessage()))
                : problem.details();
    }

    /** Whether every row does what it says. */
    boolean isRight() {
        return duplicates.isEmpty() && faults.isEmpty();
    }

    /** Nothing of it was done. */
    void leave() {
        succeeded = 0;
        paired = 0;
        shortSecrets.clear();
        lines.removeIf(line -> ChunkTotals.isRight(line.outcome()));
    }

    private static boolean isRight(@Nullable Outcome outcome) {
        return outcome == null
                || switch (outcome) {
                    case CREATE, CREATE_AND_PAIR, REVOKE, PAIR, UNPAIR, BLOCK, UNBLOCK, LABEL -> true;
                    case CREATE_WITHOUT_PAIRING, DUPLICATE, TAKEN, STILL_PAIRED, FAULTY -> false;
                };
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
