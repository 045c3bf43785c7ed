package org.oathbound.seedfile.control;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * SafeWord's records of authenticators, which are written as LDIF. What makes the codes stands in one attribute,
 * {@code sccTokenData: sccKey=…;sccMode=E;sccPwLen=6;sccVer=6.20;}.
 */
final class SafeWordDat implements SeedFile {

    private static final String ID = "sccAuthenticatorId";
    private static final String TYPE = "sccTokenType";
    private static final String DATA = "sccTokenData";
    private static final List<String> ATTRIBUTES = List.of(ID, TYPE, DATA);

    private static final String KEY = "scckey";
    private static final String MODE = "sccmode";
    private static final String LENGTH = "sccpwlen";
    private static final String TIME_STEP = "scctick";
    private static final String START = "sccprtime";
    private static final String HASH = "crypto";
    private static final Set<String> PARAMETERS = Set.of(KEY, MODE, LENGTH, TIME_STEP, START, HASH, "sccver");

    private final Hints hints;

    SafeWordDat(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        rows.columns(List.of(ID, TYPE));
        LdifRecords records = new LdifRecords(body, ATTRIBUTES);
        for (LdifRecord record = records.next(); record != null; record = records.next()) {
            if (record.entry() == null) {
                rows.row(SeedDraft.unreadable(record.line(), record.fault()));
            } else if (!record.value(ID).isEmpty() || !record.value(DATA).isEmpty()) {
                rows.row(token(record));
            }
        }
    }

    private SeedRow token(LdifRecord record) {
        Map<String, String> said = new HashMap<>();
        boolean isClear = split(record.value(DATA), said);
        String secret = said.getOrDefault(KEY, "");
        List<String> cells = List.of(record.value(ID), record.value(TYPE));
        SeedDraft draft = new SeedDraft(record.line(), Cells.shown(cells, secret), hints);
        for (String attribute : ATTRIBUTES) {
            if (record.values(attribute).size() > 1) {
                draft.fault(DetailCode.INVALID_VALUE, null, "The record has more than one " + attribute + ".");
            }
        }
        // What is passed over may be what makes the token another one.
        if (!isClear || !PARAMETERS.containsAll(said.keySet())) {
            draft.fault(
                    DetailCode.INVALID_VALUE, null, DATA + " has a part that is not known here, or one part twice.");
        }
        draft.serialNumber(record.value(ID));
        draft.secret(secret, SecretEncoding.HEX);
        draft.otpLength(said.getOrDefault(LENGTH, ""));
        draft.hashAlgorithmOfSecret(said.getOrDefault(HASH, ""));
        if ("TOTP".equals(type(said.getOrDefault(MODE, ""), draft))) {
            time(said, draft);
        }
        draft.labels("", record.value(TYPE));
        return draft.row();
    }

    private static String type(String mode, SeedDraft draft) {
        String type =
                switch (mode.toUpperCase(Locale.ROOT)) {
                    case "" -> "";
                    case "E" -> "HOTP";
                    case "T" -> "TOTP";
                    default -> "other";
                };
        if (type.equals("other")) {
            draft.fault(DetailCode.INVALID_VALUE, "type", "sccMode must be E for HOTP or T for TOTP.");
            return type;
        }
        return PskcFault.orEmpty(draft.type(type));
    }

    /**
     * Tokens with an {@code sccPrTime} count their time steps from 2000 on and not from 1970 (RFC 6238 section 4.1): their
     * codes would never be right.
     */
    private static void time(Map<String, String> said, SeedDraft draft) {
        draft.timeStep(said.getOrDefault(TIME_STEP, ""));
        if (said.containsKey(START)) {
            draft.fault(
                    DetailCode.INVALID_VALUE,
                    "totp",
                    "The token does not count its time steps from 1970 on (sccPrTime); that is not supported.");
        }
    }

    /** Whether each part is {@code name=value}, and none comes twice. Names are put in lower case. */
    private static boolean split(String data, Map<String, String> said) {
        boolean isClear = true;
        for (String part : data.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                isClear &= part.isBlank();
            } else {
                String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                isClear &= said.put(name, part.substring(equals + 1).strip()) == null;
            }
        }
        return isClear;
    }
}
