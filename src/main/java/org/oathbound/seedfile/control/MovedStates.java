package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Owner;

/**
 * What a team has read of its tokens from the system that it moves in from, as text with the header
 * {@code serial,username,counter,drift,status}. It has no secrets and is held in memory, so it is bounded.
 */
public final class MovedStates {

    /** More than that is refused. */
    public static final int MAX_ROWS = 100_000;

    /** So many rows are held. */
    private static final int MAX_CELL = 256;

    private static final Column SERIAL = new Column("serial", "serialnumber");
    private static final Column USERNAME = new Column("username");
    private static final Column COUNTER = new Column("counter");
    private static final Column DRIFT = new Column("drift");
    private static final Column STATUS = new Column("status");
    private static final List<Column> COLUMNS = List.of(SERIAL, USERNAME, COUNTER, DRIFT, STATUS);

    /** JSON keeps integers up to 2^53 exact. */
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

    /** What the command line puts an apostrophe before, or one more, so that no spreadsheet takes it for a formula. */
    private static final Pattern GUARDED = Pattern.compile("(?Us)'+(?:[\\s\\p{Cc}\\p{Cf}]*[-=+@＝＋－＠|%]|[\\t\\r\\n]).*");

    private static final Pattern STEPS = Pattern.compile("-?[0-9]{1,3}");

    private final Map<String, MovedState> bySerialNumber = new LinkedHashMap<>();

    private MovedStates() {}

    /**
     * Reads the whole file.
     *
     * @throws Problem.InvalidData at the first fault, naming line and column, for what one line says wrongly the others
     *     may, too
     * @throws Problem.InvalidRequest when it is no table in UTF-8
     */
    public static MovedStates read(InputStream body) {
        MovedStates states = new MovedStates();
        CsvTable table = new CsvTable(new CsvRecords(body), comment -> COLUMNS, COLUMNS, true);
        for (CsvRecord row = table.next(); row != null; row = table.next()) {
            states.add(table, row);
        }
        return states;
    }

    /** By the serial number, whatever its case. */
    @Nullable
    MovedState of(String serialNumber) {
        return bySerialNumber.get(canonical(serialNumber));
    }

    Collection<MovedState> all() {
        return bySerialNumber.values();
    }

    private void add(CsvTable table, CsvRecord row) {
        List<String> cells = row.cells();
        if (cells == null || table.hasMore(cells)) {
            throw wrong(row, SERIAL, "the row's quotes are wrong, or it has more columns than the header");
        }
        if (bySerialNumber.size() == MAX_ROWS) {
            throw wrong(row, SERIAL, "the file has more than " + MAX_ROWS + " rows");
        }
        if (cells.stream().anyMatch(cell -> cell.length() > MAX_CELL)) {
            throw wrong(row, SERIAL, "a cell is longer than " + MAX_CELL + " characters");
        }
        String serialNumber = table.cell(row, SERIAL);
        if (serialNumber.isEmpty()) {
            throw wrong(row, SERIAL, "the serial number is missing");
        }
        MovedState state =
                new MovedState(row.line(), serialNumber, counter(table, row), drift(table, row), owner(table, row));
        if (bySerialNumber.put(canonical(serialNumber), state) != null) {
            throw wrong(row, SERIAL, "the serial number stands in the file twice");
        }
    }

    private static @Nullable Long counter(CsvTable table, CsvRecord row) {
        String text = table.cell(row, COUNTER);
        if (!text.isEmpty() && !COUNT.matcher(text).matches()) {
            throw wrong(row, COUNTER, "the counter must be a whole number");
        }
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    private static @Nullable Integer drift(CsvTable table, CsvRecord row) {
        String text = table.cell(row, DRIFT);
        if (text.isEmpty()) {
            return null;
        }
        int max = SeedDraft.MAX_DRIFT;
        if (!STEPS.matcher(text).matches() || Math.abs(Integer.parseInt(text)) > max) {
            throw wrong(row, DRIFT, "the drift must be a whole number of time steps from -" + max + " to " + max);
        }
        return Integer.valueOf(text);
    }

    private static @Nullable Owner owner(CsvTable table, CsvRecord row) {
        String cell = table.cell(row, USERNAME);
        String username = GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
        String name = table.cell(row, STATUS).toUpperCase(Locale.ROOT);
        if (username.isEmpty() && name.isEmpty()) {
            return null;
        }
        if (username.isEmpty()) {
            throw wrong(row, STATUS, "a token in stock has no status");
        }
        return Stream.of(Owner.Status.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .map(status -> new Owner(username, status))
                .orElseThrow(() -> wrong(
                        row,
                        STATUS,
                        "the status of somebody's token must be ACTIVE," + " ACTIVATION_REQUIRED or BLOCKED"));
    }

    /** As {@code token} makes them comparable. */
    private static String canonical(String serialNumber) {
        StringBuilder canonical = new StringBuilder(serialNumber.strip());
        for (int i = 0; i < canonical.length(); i++) {
            char letter = canonical.charAt(i);
            if (letter >= 'a' && letter <= 'z') {
                canonical.setCharAt(i, (char) (letter - 'a' + 'A'));
            }
        }
        return canonical.toString();
    }

    private static Problem.InvalidData wrong(CsvRecord row, Column column, String what) {
        return new Problem.InvalidData(
                DetailCode.INVALID_VALUE,
                column.name(),
                "Line " + row.line() + ", column " + column.name() + ", of the file of states: " + what + ".");
    }
}
