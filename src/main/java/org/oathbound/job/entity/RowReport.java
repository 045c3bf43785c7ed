package org.oathbound.job.entity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the report of a job says of one row.
 *
 * @param rowNumber where it stands in the file
 * @param cells what stands in it, without secrets
 * @param serialNumber of the token that it creates, or would; null for none
 * @param fingerprint of a preview: names the secret of the token that the row would create; no client sees it
 * @param reason every fault of it, and what else is to be said of it; empty when there is nothing
 */
public record RowReport(
        int rowNumber,
        List<String> cells,
        Outcome outcome,
        @Nullable String serialNumber,
        @Nullable String fingerprint,
        String reason) {

    /** What became of a row, or would, if the job were not a preview. */
    public enum Outcome {
        /** A token is created; it goes to stock. */
        CREATE,
        /** A token is created and paired. */
        CREATE_AND_PAIR,
        /** A token is created; it goes to stock, because it can't be paired. */
        CREATE_WITHOUT_PAIRING,
        /** There is a token with this serial number and this key already; it stays as it is. */
        DUPLICATE,
        /** There is a token with this serial number already, with another key; it stays as it is, and this one does not go in. */
        TAKEN,
        /** The token is revoked. */
        REVOKE,
        /** The token is paired. */
        PAIR,
        /** The device is taken from its person. */
        UNPAIR,
        /** The device is blocked. */
        BLOCK,
        /** The device is unblocked. */
        UNBLOCK,
        /** What is told about the token is changed. */
        LABEL,
        /** A paired token that a revoke job leaves alone. */
        STILL_PAIRED,
        /** The row changes nothing. */
        FAULTY
    }
}
