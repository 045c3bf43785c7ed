package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.List;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * PingDirectory's entries of people with {@code ds-auth-totp-shared-secret}: each value is the secret of an authenticator
 * app, in Base32, with SHA-1, 6 digits and 30 seconds, and makes a row. Other entries make none.
 */
final class PingDirectoryLdif implements SeedFile {

    private static final String UID = "uid";
    private static final String SECRET = "ds-auth-totp-shared-secret";

    private final Hints hints;

    PingDirectoryLdif(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        rows.columns(List.of("dn", UID, SECRET));
        LdifRecords records = new LdifRecords(body, List.of(UID, SECRET));
        for (LdifRecord record = records.next(); record != null; record = records.next()) {
            if (record.entry() == null) {
                rows.row(SeedDraft.unreadable(record.line(), record.fault()));
            }
            for (String secret : record.values(SECRET)) {
                rows.row(app(record, secret));
            }
        }
    }

    private SeedRow app(LdifRecord record, String secret) {
        List<String> uids = record.values(UID);
        String dn = record.entry() == null ? "" : record.entry().getDN();
        List<String> cells = List.of(dn, String.join(" ", uids), secret);
        SeedDraft draft = new SeedDraft(record.line(), Cells.shown(cells, secret), hints);
        if (secret.startsWith("{")) {
            draft.fault(
                    DetailCode.INVALID_VALUE,
                    "secret",
                    "The secret is encrypted; export the entries with decrypted values.");
        } else {
            draft.secret(secret, SecretEncoding.BASE32);
        }
        draft.type("TOTP");
        draft.otpLength("6");
        draft.hashAlgorithm("SHA1");
        draft.timeStep("30");
        if (uids.size() == 1 && !uids.getFirst().isEmpty()) {
            draft.owner(new Owner(uids.getFirst(), Owner.Status.ACTIVE));
        } else {
            draft.fault(DetailCode.REQUIRED_VALUE, "username", "The entry must have one uid.");
        }
        return draft.row();
    }
}
