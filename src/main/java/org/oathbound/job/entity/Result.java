package org.oathbound.job.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.token.entity.Existing;

/**
 * What rows came to: of one chunk, or the sum of many.
 *
 * @param processed rows that were looked at
 * @param succeeded what the job is for: tokens created, revoked or labelled, pairings begun or ended, devices blocked or
 *     unblocked
 * @param pairsCreated tokens that a create job has paired too
 * @param duplicates rows whose serial number a token had already, whatever its key
 * @param faults every other fault, row by row
 * @param shortSecrets rows that came in with fewer bits than are usual, because the job allows it
 * @param paired tokens that a revoke job left alone
 */
public record Result(
        int processed,
        int succeeded,
        int pairsCreated,
        List<Duplicate> duplicates,
        List<Fault> faults,
        List<ShortSecret> shortSecrets,
        List<UUID> paired) {

    public static final Result NONE = of(Totals.NONE);

    /** A result that lists nothing. */
    public static Result of(Totals totals) {
        return new Result(
                totals.processed(),
                totals.succeeded(),
                totals.pairsCreated(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * A row whose serial number was taken.
     *
     * @param maskedSecret the first two digits of the secret that was sent, and stars
     * @param existing how the token that is there compares; null in results of earlier versions
     */
    public record Duplicate(
            int rowNumber,
            String serialNumber,
            String maskedSecret,
            @Nullable Existing existing) {}

    /**
     * One fault of one row.
     *
     * @param subject the serial number or the token's id, as far as the row has one
     * @param target the field, or null for the whole row
     * @param inStock true where the row's token went in all the same, and to stock, for it could not be paired; else null
     */
    public record Fault(
            int rowNumber,
            @Nullable String subject,
            String code,
            @Nullable String target,
            String message,
            @Nullable Boolean inStock) {}

    /** A row that was let in with fewer bits than RFC 4226 requires. */
    public record ShortSecret(int rowNumber, String serialNumber, int bits) {}

    /** Its numbers. */
    public Totals totals() {
        int listed = duplicates.size() + faults.size() + shortSecrets.size() + paired.size();
        return new Totals(processed, succeeded, pairsCreated, listed);
    }

    public Result plus(Result other) {
        return new Result(
                processed + other.processed,
                succeeded + other.succeeded,
                pairsCreated + other.pairsCreated,
                concatenate(duplicates, other.duplicates),
                concatenate(faults, other.faults),
                concatenate(shortSecrets, other.shortSecrets),
                concatenate(paired, other.paired));
    }

    private static <T> List<T> concatenate(List<T> first, List<T> second) {
        if (first.isEmpty()) {
            return second;
        }
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
