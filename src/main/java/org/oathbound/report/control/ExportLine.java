package org.oathbound.report.control;

import org.oathbound.seedfile.entity.SeedKey;
import org.oathbound.token.entity.TokenId;

/** One token of an export. */
sealed interface ExportLine {

    record Written(SeedKey key) implements ExportLine {}

    /** Its entry can't be read, or its secret does not open. */
    record Missing(TokenId id) implements ExportLine {}
}
