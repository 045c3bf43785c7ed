package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * The configuration log of Yubico's personalization tools. In its traditional format each row begins with what was
 * written to the key, in Yubico's with the key's serial number. Only OATH-HOTP makes a token; the start of a log and
 * changes of settings are passed over, and what else was written is said to be that. Yubico's format writes the key of a
 * challenge-response with SHA-1 as it writes one of OATH-HOTP; these two can't be told apart.
 */
final class YubicoCsv implements SeedFile {

    /** Event, time, slot, public id, private id, key, two access codes, three flags, digits, moving factor, five flags. */
    private static final int TRADITIONAL_COLUMNS = 18;

    private static final int PUBLIC_ID = 3;
    private static final int TRADITIONAL_KEY = 5;
    private static final int DIGITS = 11;
    private static final int TRADITIONAL_FACTOR = 12;

    private static final int FACTOR = 2;
    private static final int KEY = 3;

    private static final Pattern SLOT = Pattern.compile("[12]");

    /** A private id has twelve hexadecimal digits. */
    private static final Pattern MOVING_FACTOR = Pattern.compile("[0-9]{1,7}");

    private static final Pattern SERIAL = Pattern.compile("[0-9]+");
    private static final List<String> PASSED_OVER =
            List.of("logging start", "configuration update", "configuration swap");
    private static final List<String> LOGGED = List.of("logging start", "oath-hotp", "yubico otp");
    private static final List<String> TRADITIONAL = List.of("event", "time", "slot", "public id", "private id", "key");
    private static final List<String> YUBICO =
            List.of("serial", "public id", "private id or moving factor", "key", "access code", "time");

    private final Hints hints;

    YubicoCsv(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        CsvRecords records = new CsvRecords(body);
        CsvRecord record = records.next();
        rows.columns(names(record));
        for (; record != null; record = records.next()) {
            if (!PASSED_OVER.contains(event(record))) {
                rows.row(row(record));
            }
        }
    }

    private static List<String> names(@Nullable CsvRecord first) {
        return first == null || isTraditional(first) ? TRADITIONAL : YUBICO;
    }

    private SeedRow row(CsvRecord record) {
        List<String> cells = record.cells();
        if (cells == null) {
            return SeedDraft.unreadable(record.line(), CsvRecord.WRONG_QUOTES);
        }
        return isTraditional(record) ? traditional(record, cells) : yubico(record, cells);
    }

    private SeedRow traditional(CsvRecord record, List<String> cells) {
        boolean isOath = event(record).equals("oath-hotp");
        // A static password stands where a public id would, in its scan codes.
        String publicId = isOath ? record.cell(PUBLIC_ID) : "";
        SeedDraft draft =
                draft(record, TRADITIONAL_KEY, Stream.concat(cells.stream().limit(3), Stream.of(publicId)));
        if (!isOath) {
            draft.fault(DetailCode.INVALID_VALUE, "type", otherThanOath(event(record)));
        } else if (!SLOT.matcher(record.cell(2)).matches() || cells.size() > TRADITIONAL_COLUMNS) {
            draft.fault(DetailCode.INVALID_VALUE, null, "The columns of this row are not where they should be.");
        } else {
            draft.serialNumber(publicId);
            token(draft, record.cell(TRADITIONAL_KEY), record.cell(DIGITS), record.cell(TRADITIONAL_FACTOR));
        }
        return draft.row();
    }

    private SeedRow yubico(CsvRecord record, List<String> cells) {
        String factor = record.cell(FACTOR);
        boolean isOath = MOVING_FACTOR.matcher(factor).matches();
        SeedDraft draft = draft(record, KEY, cells.stream().limit(2));
        if (!isOath) {
            draft.fault(
                    DetailCode.INVALID_VALUE,
                    "type",
                    otherThanOath(factor.isEmpty() ? "static password" : "yubico otp"));
        } else if (cells.stream().skip(YUBICO.size()).anyMatch(cell -> !cell.isEmpty())) {
            draft.fault(DetailCode.INVALID_VALUE, null, "The row has more columns than the file's format.");
        } else {
            draft.serialNumber(record.cell(0));
            token(draft, record.cell(KEY), "", factor);
        }
        return draft.row();
    }

    private static void token(SeedDraft draft, String key, String digits, String movingFactor) {
        draft.secret(key, SecretEncoding.HEX);
        draft.otpLength(digits);
        draft.hashAlgorithm("SHA1");
        if (draft.type("HOTP") != null) {
            draft.counter(movingFactor);
        }
    }

    /** Keys, private ids and access codes are left out: all of them are secrets. */
    private SeedDraft draft(CsvRecord record, int key, Stream<String> cells) {
        return new SeedDraft(record.line(), Cells.shown(cells.toList(), record.cell(key)), hints);
    }

    private static String otherThanOath(String event) {
        return Stream.of("Yubico OTP", "Static Password", "Challenge-Response")
                .filter(name -> event.startsWith(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name -> "The row is of the kind " + name + ", not OATH-HOTP.")
                .orElse("The row begins neither with a serial number nor with OATH-HOTP.");
    }

    /** Whether a record can only be one of the traditional format. */
    static boolean isLogged(CsvRecord record) {
        return isTraditional(record) && LOGGED.contains(event(record));
    }

    private static boolean isTraditional(CsvRecord record) {
        return !SERIAL.matcher(record.cell(0)).matches();
    }

    private static String event(CsvRecord record) {
        return record.cell(0).toLowerCase(Locale.ROOT);
    }
}
