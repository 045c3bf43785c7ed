package org.oathbound.seedfile.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SeedToken;

/**
 * One row of a seed file: a token, or why it is none.
 *
 * @param number the line that it, or in LDIF its entry, begins at, from 1; in XML the place of its key among the keys
 * @param serialNumber what the row calls the token, as it may be shown; null as far as it has no name. The token's own may be derived from it
 * @param cells what stands in it, in the order of {@link SeedRows#columns}, without secrets; for reports
 * @param token what of it could be read; null where it can't be taken apart. Without a serial number it is an authenticator app of its owner
 * @param owner whom the token belongs to; null for stock
 * @param faults why it is no token that can be created; their targets are the names that PingOne's API has, such as {@code totp.timeStep}
 */
public record SeedRow(
        int number,
        @Nullable String serialNumber,
        List<String> cells,
        @Nullable SeedToken token,
        @Nullable Owner owner,
        List<Detail> faults) {

    public SeedRow {
        cells = List.copyOf(cells);
        faults = List.copyOf(faults);
        if (token == null && faults.isEmpty()) {
            throw new IllegalArgumentException("A row has a token or faults.");
        }
    }

    @Override
    public String toString() {
        return "SeedRow[" + number + "]";
    }
}
