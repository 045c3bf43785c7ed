package org.oathbound.job.entity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.token.entity.LabelChange;

/**
 * A job as it stands in the directory.
 *
 * @param rows how many rows it has
 * @param chunks how many chunks they are kept in
 * @param startedAt when its first row was begun, whatever stopped it since
 * @param reason why it failed
 * @param totals what its rows came to; null until it is finished, and of a job that an earlier version has finished
 */
public record Job(
        UUID id,
        Type type,
        Status status,
        Options options,
        int rows,
        int chunks,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String reason,
        @Nullable Totals totals) {

    /** At most so many rows in one job. */
    public static final int MAX_ROWS = 100_000;

    public enum Type {
        CREATE_OATH_TOKENS,
        REVOKE_OATH_TOKENS,
        PAIR_OATH_TOKENS,
        UNPAIR_OATH_TOKENS,
        BLOCK_OATH_TOKENS,
        UNBLOCK_OATH_TOKENS,
        LABEL_OATH_TOKENS;

        /** Whether a row of a selection is a device that somebody has; else it is a token. */
        public boolean isOfDevices() {
            return this == UNPAIR_OATH_TOKENS || this == BLOCK_OATH_TOKENS || this == UNBLOCK_OATH_TOKENS;
        }

        /** Whether it can say which tokens it is for by a selection. */
        public boolean canSelect() {
            return isOfDevices() || this == REVOKE_OATH_TOKENS || this == LABEL_OATH_TOKENS;
        }
    }

    public enum Status {
        /** Its body is still coming in: it is not a job yet. Or it is being deleted: it is none any more. */
        RECEIVING,
        PENDING,
        DONE,
        FAILED
    }

    /**
     * What the client wants besides the rows.
     *
     * @param minimumSecretBits create: shorter secrets are faulty
     * @param forceUnpair revoke: paired tokens too
     * @param preview find out what would happen, and change nothing
     * @param allOrNothing create: change nothing where one row is not right
     * @param columns what the file calls its columns, or those of a selection; null for rows of JSON
     * @param label label: what is to be told about the tokens
     */
    public record Options(
            int minimumSecretBits,
            boolean forceUnpair,
            boolean preview,
            boolean allOrNothing,
            @Nullable List<String> columns,
            @Nullable LabelChange label) {

        /** The options of a job whose rows are JSON. */
        public static Options of(int minimumSecretBits, boolean forceUnpair, boolean preview) {
            return new Options(minimumSecretBits, forceUnpair, preview, false, null, null);
        }

        /** The same, of a job that changes everything or nothing. */
        public Options withAllOrNothing(boolean wanted) {
            return new Options(minimumSecretBits, forceUnpair, preview, wanted, columns, label);
        }

        /** The same, of a job whose rows come from a file or a selection. */
        public Options withColumns(List<String> names) {
            return new Options(minimumSecretBits, forceUnpair, preview, allOrNothing, names, label);
        }

        /** The same, of a job that changes labels. */
        public Options withLabel(@Nullable LabelChange change) {
            return new Options(minimumSecretBits, forceUnpair, preview, allOrNothing, columns, change);
        }
    }
}
