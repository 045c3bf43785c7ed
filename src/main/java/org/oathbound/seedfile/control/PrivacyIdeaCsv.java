package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;

/**
 * What privacyIDEA's token janitor writes with {@code find export --format csv}:
 * {@code owner, serial, key, type, length[, time step]}. The owner is {@code login@realm}, or {@code n/a} for stock. It does not
 * say an HOTP token's counter, so those that somebody has need a file of states besides.
 */
final class PrivacyIdeaCsv implements SeedFile {

    private static final Column OWNER = new Column("owner");
    private static final Column SERIAL = new Column("serial");
    private static final Column KEY = new Column("key");
    private static final Column TYPE = new Column("type");
    private static final Column LENGTH = new Column("length");
    private static final Column TIME_STEP = new Column("time-step");
    private static final List<Column> COLUMNS = List.of(OWNER, SERIAL, KEY, TYPE, LENGTH, TIME_STEP);

    private static final String STOCK = "n/a";
    private static final Pattern OWNER_TEXT = Pattern.compile("n/a|.+@[^@]+");
    private static final Pattern TYPE_TEXT = Pattern.compile("hotp|totp", Pattern.CASE_INSENSITIVE);

    private final Hints hints;

    PrivacyIdeaCsv(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        CsvTable table = new CsvTable(new CsvRecords(body), comment -> COLUMNS, COLUMNS, false);
        table.read(rows, KEY, hints, (row, draft) -> token(table, row, draft));
    }

    private static void token(CsvTable table, CsvRecord row, SeedDraft draft) {
        draft.serialNumber(table.cell(row, SERIAL));
        draft.secret(table.cell(row, KEY), null);
        String type = draft.type(table.cell(row, TYPE));
        draft.otpLength(table.cell(row, LENGTH));
        draft.hashAlgorithmOfSecret("");
        if ("TOTP".equals(type)) {
            String step = table.cell(row, TIME_STEP);
            draft.timeStep(step.equals("None") ? "" : step);
        }
        String owner = table.cell(row, OWNER);
        if (!OWNER_TEXT.matcher(owner).matches()) {
            draft.fault(DetailCode.INVALID_VALUE, "username", "The owner must be like login@realm, or n/a for stock.");
        } else if (!owner.equals(STOCK)) {
            // A realm has no @; a login may.
            draft.owner(new Owner(owner.substring(0, owner.lastIndexOf('@')), Owner.Status.ACTIVE));
        }
    }

    /** Whether a record is one of its. */
    static boolean isRow(List<String> cells) {
        return (cells.size() == 5 || cells.size() == 6)
                && OWNER_TEXT.matcher(cells.getFirst()).matches()
                && TYPE_TEXT.matcher(cells.get(3)).matches();
    }
}
