package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * Microsoft Entra's {@code upn,serial number,secret key,time interval,manufacturer,model}, with or without the first,
 * in the order of its header. Entra takes TOTP with SHA-1 and 6 digits only, and keys in Base32.
 */
final class EntraCsv implements SeedFile {

    private static final Column UPN = new Column("upn", "userprincipalname", "user");
    private static final Column SERIAL = new Column("serial number", "serial", "serialno");
    private static final Column SECRET = new Column("secret key", "secret", "key");
    private static final Column INTERVAL = new Column("time interval", "interval", "timeintervalinseconds");
    private static final Column MANUFACTURER = new Column("manufacturer");
    private static final Column MODEL = new Column("model");

    private final Hints hints;

    EntraCsv(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        CsvTable table = new CsvTable(
                new CsvRecords(body),
                comment -> List.of(UPN, SERIAL, SECRET, INTERVAL, MANUFACTURER, MODEL),
                List.of(SERIAL, SECRET, INTERVAL),
                true);
        table.read(rows, SECRET, hints, (row, draft) -> token(table, row, draft));
    }

    /** Whether these are the names of its columns; the maker's makes them another format's than OATH_CSV. */
    static boolean isHeader(List<String> cells) {
        return Stream.of(SERIAL, SECRET, INTERVAL, MANUFACTURER)
                .allMatch(column -> cells.stream().anyMatch(column::isCalled));
    }

    private static void token(CsvTable table, CsvRecord row, SeedDraft draft) {
        draft.serialNumber(table.cell(row, SERIAL));
        draft.secret(table.cell(row, SECRET), SecretEncoding.BASE32);
        draft.type("TOTP");
        draft.otpLength("6");
        draft.hashAlgorithm("SHA1");
        String interval = table.cell(row, INTERVAL);
        if (interval.isEmpty()) {
            draft.fault(DetailCode.REQUIRED_VALUE, "totp.timeStep", "The row has no time interval.");
        } else {
            draft.timeStep(interval);
        }
        draft.labels(table.cell(row, MANUFACTURER), table.cell(row, MODEL));
        String upn = table.cell(row, UPN);
        draft.owner(upn.isEmpty() ? null : new Owner(upn, Owner.Status.ACTIVE));
    }
}
