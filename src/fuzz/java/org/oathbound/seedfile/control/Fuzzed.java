package org.oathbound.seedfile.control;

import org.oathbound.seedfile.entity.SeedToken;
import com.unboundid.util.Base32;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;

/** What holds for every file, whatever stands in it. */
final class Fuzzed implements SeedRows {

    /** Hints as far as they may go. */
    static final Hints TOLD = new Hints(null, "TOTP", 6, 30, "HmacSHA1");

    /** Below that a secret's text is in other words by chance. */
    private static final int SURE_IN_ITS_ROW = 16;

    private static final int SURE_ANYWHERE = 26;

    private final Set<String> secrets = new TreeSet<>();
    private int columns;

    /** Nothing but a {@link Problem} leaves the reader, and no secret stands where people look. */
    static void read(SeedFile file, byte[] bytes) {
        Fuzzed rows = new Fuzzed();
        try {
            file.read(new ByteArrayInputStream(bytes), rows);
        } catch (Problem problem) {
            rows.hides(problem.getMessage(), rows.secrets, SURE_ANYWHERE);
        }
    }

    @Override
    public void columns(List<String> names) {
        check(columns == 0 && !names.isEmpty(), "columns come once");
        columns = names.size();
    }

    @Override
    public void row(SeedRow row) {
        check(columns > 0, "columns come before rows");
        check(row.number() > 0, "rows are numbered from 1");
        SeedToken token = row.token();
        if (token != null) {
            boolean isWhole = row.faults().isEmpty(); // of a faulty row there is what could be read
            check(!isWhole || (token.secret() != null && token.type() != null), "a token has a secret and a type");
            check(!isWhole || token.counter() == null || token.timeStep() == null, "a token is of one type");
            Set<String> own = token.secret() == null ? Set.of() : writtenIn(token.secret());
            secrets.addAll(own);
            row.cells().forEach(cell -> hides(cell, own, SURE_IN_ITS_ROW));
        }
        row.cells().forEach(cell -> hides(cell, secrets, SURE_ANYWHERE));
        row.faults().forEach(fault -> hides(fault.message(), secrets, SURE_ANYWHERE));
    }

    private static Set<String> writtenIn(String hex) {
        String lower = hex.toLowerCase(Locale.ROOT);
        return lower.length() % 2 != 0
                ? Set.of(lower)
                : Set.of(lower, Base32.encode(HexFormat.of().parseHex(lower)).replace("=", "").toLowerCase(Locale.ROOT));
    }

    private void hides(String text, Set<String> hidden, int sure) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String secret : hidden) {
            check(secret.length() < sure || !lower.contains(secret), "no secret is shown");
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
