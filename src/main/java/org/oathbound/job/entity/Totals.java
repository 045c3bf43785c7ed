package org.oathbound.job.entity;

/**
 * What rows came to, in numbers: of one chunk, or the sum of many.
 *
 * @param processed rows that were looked at
 * @param succeeded what the job is for: tokens created, revoked or labelled, pairings begun or ended, devices blocked or
 *     unblocked
 * @param pairsCreated tokens that a create job has paired too
 * @param listed how many entries the lists of the {@link Result} have together
 */
public record Totals(int processed, int succeeded, int pairsCreated, int listed) {

    public static final Totals NONE = new Totals(0, 0, 0, 0);

    public Totals plus(Totals other) {
        return new Totals(
                processed + other.processed,
                succeeded + other.succeeded,
                pairsCreated + other.pairsCreated,
                listed + other.listed);
    }
}
