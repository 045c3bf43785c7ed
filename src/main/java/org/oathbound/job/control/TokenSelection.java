package org.oathbound.job.control;

import org.jspecify.annotations.Nullable;
import org.oathbound.token.control.TokenQuery;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.SerialNumberRange;

/**
 * Which tokens a job is for, where its body does not name them one by one.
 *
 * @param range of those that the query finds, the ones that are meant; null for all
 */
public record TokenSelection(TokenQuery query, @Nullable SerialNumberRange range) {

    public static TokenSelection of(TokenQuery query) {
        return new TokenSelection(query, null);
    }

    public static TokenSelection of(SerialNumberRange range) {
        TokenQuery query = new TokenQuery();
        if (!range.beginning().isEmpty()) {
            query.serialNumberBeginsWith(range.beginning());
        }
        return new TokenSelection(query, range);
    }

    boolean includes(@Nullable String serialNumber) {
        return range == null
                || (serialNumber != null
                        && SerialNumber.isSerialNumber(serialNumber)
                        && range.includes(new SerialNumber(serialNumber)));
    }
}
