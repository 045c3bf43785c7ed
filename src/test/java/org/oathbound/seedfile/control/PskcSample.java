package org.oathbound.seedfile.control;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.oathbound.problem.Detail;
import org.oathbound.seedfile.SeedTokens;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Hints;

/** PSKC files for tests, and what our reader makes of them. */
final class PskcSample {

    static final FileKey CLEAR = new FileKey.None();
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** "12345678901234567890", RFC 4226 appendix D. */
    static final String SECRET = "3132333435363738393031323334353637383930";

    private PskcSample() {}

    /** A figure of RFC 6030. */
    static String figure(int number) {
        try (InputStream in = PskcSample.class.getResourceAsStream("rfc6030/figure" + number + ".xml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static FileKey key(String hex) {
        return new FileKey.PreShared(new SecretKeySpec(HexFormat.of().parseHex(hex), "AES"));
    }

    /** Figure 6's. */
    static FileKey key() {
        return key("12345678901234567890123456789012");
    }

    /** What it is made of, with another piece in place of one; fails when the one is not there. */
    static String with(String file, String piece, String other) {
        if (!file.contains(piece)) {
            throw new AssertionError("There is no " + piece);
        }
        return file.replace(piece, other);
    }

    static List<SeedRow> rows(String file) {
        return rows(file, Hints.NONE, CLEAR);
    }

    static List<SeedRow> rows(String file, Hints hints, FileKey key) {
        return rows(file.getBytes(StandardCharsets.UTF_8), hints, key);
    }

    static List<SeedRow> rows(byte[] file, Hints hints, FileKey key) {
        List<SeedRow> rows = new ArrayList<>();
        read(new ByteArrayInputStream(file), hints, key, rows);
        return rows;
    }

    static void read(InputStream file, Hints hints, FileKey key, List<SeedRow> rows) {
        new Pskc(hints, key).read(file, new SeedRows() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(SeedRow row) {
                rows.add(row);
            }
        });
    }

    /** The tokens of a file that has no faults. */
    static List<JsonObject> tokens(String file, Hints hints, FileKey key) {
        return rows(file, hints, key).stream().map(PskcSample::token).toList();
    }

    private static JsonObject token(SeedRow row) {
        if (row.token() == null) {
            throw new AssertionError("It is no token: " + row.faults());
        }
        return SeedTokens.json(row.token());
    }

    /** The first of them. */
    static JsonObject token(String file, Hints hints, FileKey key) {
        return tokens(file, hints, key).get(0);
    }

    static JsonObject token(String file) {
        return token(file, Hints.NONE, CLEAR);
    }

    /** The faults of the first row. */
    static List<Detail> faults(String file, Hints hints, FileKey key) {
        return rows(file, hints, key).get(0).faults();
    }

    static List<Detail> faults(String file) {
        return faults(file, Hints.NONE, CLEAR);
    }

    /**
     * The faults of a key that stands between two that are in order and are read all the same.
     *
     * @param file with one key
     * @param piece what is replaced in that key
     */
    static List<Detail> faultsAmongOthers(String file, String piece, String other, Hints hints, FileKey key) {
        int start = file.indexOf("<KeyPackage>");
        int end = file.indexOf("</KeyPackage>") + "</KeyPackage>".length();
        String good = file.substring(start, end);
        String three = good + with(good, piece, other) + good;
        List<SeedRow> rows = rows(file.substring(0, start) + three + file.substring(end), hints, key);
        if (rows.size() != 3
                || !rows.get(0).faults().isEmpty()
                || !rows.get(2).faults().isEmpty()) {
            throw new AssertionError("The others were not read.");
        }
        return rows.get(1).faults();
    }

    /** A file with one TOTP key in the clear. */
    static String totp() {
        return with(figure(3), ":hotp", ":totp")
                .replace("Counter>", "TimeInterval>")
                .replace("<PlainValue>0<", "<PlainValue>30<");
    }
}
