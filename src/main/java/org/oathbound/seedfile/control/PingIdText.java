package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;

/** PingID's {@code serial,secret[,counter]}: all tokens of one type, which the client says, for the file does not. */
final class PingIdText implements SeedFile {

    private static final Column SERIAL = new Column("serial", "serialnumber", "serialno");
    private static final Column SECRET = new Column("secret", "key", "secretkey", "seed");
    private static final Column COUNTER = new Column("counter");

    private final Hints hints;

    PingIdText(Hints hints) {
        this.hints = hints;
    }

    /** {@link Problem.InvalidData} when a parameter is missing without which no row says enough. */
    @Override
    public void read(InputStream body, SeedRows rows) {
        require();
        CsvTable table = new CsvTable(
                new CsvRecords(body), comment -> List.of(SERIAL, SECRET, COUNTER), List.of(SERIAL, SECRET), false);
        table.read(rows, SECRET, hints, (row, draft) -> token(table, row, draft));
    }

    private void require() {
        List<Detail> missing = new ArrayList<>();
        if (hints.type() == null) {
            missing.add(missing("type"));
        }
        if (hints.otpLength() == null) {
            missing.add(missing("otpLength"));
        }
        if ("TOTP".equals(hints.type()) && hints.timeStep() == null) {
            missing.add(missing("timeStep"));
        }
        if (!missing.isEmpty()) {
            throw new Problem.InvalidData(missing);
        }
    }

    private static Detail missing(String parameter) {
        return new Detail(
                DetailCode.REQUIRED_VALUE,
                parameter,
                "A file of this format does not say it; say it by the parameter " + parameter + ".");
    }

    private void token(CsvTable table, CsvRecord row, SeedDraft draft) {
        draft.serialNumber(table.cell(row, SERIAL));
        draft.secret(table.cell(row, SECRET), null);
        draft.otpLength("");
        draft.hashAlgorithm("");
        String counter = table.cell(row, COUNTER);
        if ("HOTP".equals(draft.type(""))) {
            draft.counter(counter);
        } else {
            draft.timeStep("");
            if (!counter.isEmpty()) {
                draft.fault(
                        DetailCode.CONSTRAINT_VIOLATION,
                        "hotp.counter",
                        "The row has a counter, and the parameter type says TOTP.");
            }
        }
    }
}
