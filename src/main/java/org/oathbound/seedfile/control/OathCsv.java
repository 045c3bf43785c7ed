package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oathbound.problem.DetailCode;
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

    private void token(CsvTable table, CsvRecord row, SeedDraft draft) {
        draft.serialNumber(table.cell(row, SERIAL));
        String secret = draft.secret(table.cell(row, KEY), null);
        String type = draft.type(table.cell(row, TYPE));
        if (type == null) {
            return; // what stands behind it depends on it
        }
        draft.otpLength(table.cell(row, LENGTH));
        String hash = table.cell(row, HASH);
        draft.hashAlgorithm(hash);
        if (hash.isEmpty() && hints.hashAlgorithm() == null && secret != null && looksLikeSha2(secret)) {
            draft.fault(
                    DetailCode.REQUIRED_VALUE,
                    "hashAlgorithm",
                    "The key is as long as one of SHA256 or SHA512 often is, and the file does not say which hash"
                            + " algorithm it is for; say it by the parameter hashAlgorithm.");
        }
        if (type.equals("HOTP")) {
            draft.counter(table.cell(row, STEP_OR_COUNTER));
        } else {
            draft.timeStep(table.cell(row, STEP_OR_COUNTER));
        }
        String user = table.cell(row, USER);
        draft.owner(user.isEmpty() ? null : new Owner(user, Owner.Status.ACTIVE));
    }

    /** LinOTP takes the hash from the key's length where no column says it; others take SHA-1 whatever the length. */
    private static boolean looksLikeSha2(String hex) {
        return hex.length() == 2 * 32 || hex.length() == 2 * 64;
    }
}
