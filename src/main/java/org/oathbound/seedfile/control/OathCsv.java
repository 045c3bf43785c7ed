package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;

/**
 * {@code serial, key, type, length, step-or-counter}, which LinOTP ends with a column for the hash algorithm. A first
 * line {@code # version: 2} is privacyIDEA's: three columns before say whose token it is.
 */
final class OathCsv implements SeedFile {

    private static final Column USER = new Column("user", "username");
    private static final Column RESOLVER = new Column("resolver");
    private static final Column REALM = new Column("realm");
    private static final Column SERIAL = new Column("serial", "serialnumber", "serialno");
    private static final Column KEY = new Column("key", "secret", "secretkey", "seed", "otpkey");
    private static final Column TYPE = new Column("type", "tokentype");
    private static final Column LENGTH = new Column("length", "otplength", "otplen", "digits");
    private static final Column STEP_OR_COUNTER =
            new Column("step-or-counter", "timestep", "step", "interval", "timeinterval", "counter");
    private static final Column HASH = new Column("hash", "hashlib", "hashalgorithm", "algorithm");

    private static final List<Column> COLUMNS = List.of(SERIAL, KEY, TYPE, LENGTH, STEP_OR_COUNTER, HASH);
    private static final List<Column> WITH_USER =
            Stream.concat(Stream.of(USER, RESOLVER, REALM), COLUMNS.stream()).toList();
    private static final Pattern VERSION = Pattern.compile("version:\\s*([0-9]+).*");

    private static final Pattern TOKEN_TYPE = Pattern.compile("hotp|totp|hmac", Pattern.CASE_INSENSITIVE);

    /** Hexadecimal digits of 64 bits or more, or Base32 of 80 bits or more, with or without spaces between groups. */
    private static final Pattern LIKE_A_SECRET =
            Pattern.compile("[0-9A-Fa-f]{16,}|[A-Za-z2-7]{16,}=*|(?:[A-Za-z2-7]{4} ){3,}[A-Za-z2-7]{1,4}=*");

    private final Hints hints;

    OathCsv(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        CsvRecords records = new CsvRecords(body);
        CsvTable table = new CsvTable(records, OathCsv::columns, List.of(SERIAL, KEY), false);
        table.read(rows, KEY, hints, (row, draft) -> token(table, row, draft));
    }

    private static List<Column> columns(String firstComment) {
        Matcher matcher = VERSION.matcher(firstComment.toLowerCase(Locale.ROOT));
        if (!matcher.matches() || matcher.group(1).equals("1")) {
            return COLUMNS;
        }
        if (!matcher.group(1).equals("2")) {
            throw TextLines.refused("The file says that it is of another version than 1 or 2.");
        }
        return WITH_USER;
    }

    private static void token(CsvTable table, CsvRecord row, SeedDraft draft) {
        draft.serialNumber(table.cell(row, SERIAL));
        draft.secret(table.cell(row, KEY), null);
        String type = draft.type(table.cell(row, TYPE));
        draft.otpLength(table.cell(row, LENGTH));
        draft.hashAlgorithmOfSecret(table.cell(row, HASH));
        if ("HOTP".equals(type)) {
            draft.counter(table.cell(row, STEP_OR_COUNTER));
        } else if ("TOTP".equals(type)) {
            draft.timeStep(table.cell(row, STEP_OR_COUNTER));
        }
        String user = table.cell(row, USER);
        draft.owner(user.isEmpty() ? null : new Owner(user, Owner.Status.ACTIVE));
    }

    /**
     * Whether one of the first records could be a token, or the first names the columns of tokens. In prose none does,
     * also where there are commas in it.
     */
    static boolean couldBe(List<CsvRecord> first) {
        return isHeader(cells(first.getFirst()))
                || first.stream().map(OathCsv::cells).anyMatch(OathCsv::couldBeToken);
    }

    private static List<String> cells(CsvRecord record) {
        return record.cells() == null ? List.of() : record.cells();
    }

    private static boolean isHeader(List<String> cells) {
        return Stream.of(SERIAL, KEY).allMatch(column -> cells.stream().anyMatch(column::isCalled));
    }

    /** A secret that a spreadsheet has damaged is a fault of its row; such a row is known by its type. */
    private static boolean couldBeToken(List<String> cells) {
        boolean hasType = Stream.of(COLUMNS, WITH_USER)
                .map(columns -> columns.indexOf(TYPE))
                .anyMatch(i ->
                        i < cells.size() && TOKEN_TYPE.matcher(cells.get(i)).matches());
        return cells.size() > 1 && (hasType || cells.stream().anyMatch(OathCsv::couldBeSecret));
    }

    private static boolean couldBeSecret(String cell) {
        boolean isWord = cell.chars().skip(1).allMatch(c -> c == ' ' || Character.isLowerCase(c));
        return !isWord && LIKE_A_SECRET.matcher(cell).matches();
    }
}
