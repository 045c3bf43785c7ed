package org.oathbound.seedfile.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.StaticUtils;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.seedfile.entity.SecretEncoding;

/**
 * FreeIPA's tokens, {@code ipatoken…}, as its directory manager can export them. All were in use, so a TOTP token tells
 * its drift even when it is 0, and an HOTP token without a counter is faulty: it would begin again. What FreeIPA keeps in
 * {@code ipatokenTOTPwatermark}, the time steps that are used up, {@code token} takes from the time of the move.
 */
final class FreeIpaLdif implements SeedFile {

    private static final String UNIQUE_ID = "ipatokenUniqueID";
    private static final String SERIAL = "ipatokenSerial";
    private static final String OWNER = "ipatokenOwner";
    private static final String DISABLED = "ipatokenDisabled";
    private static final String VENDOR = "ipatokenVendor";
    private static final String MODEL = "ipatokenModel";
    private static final String KEY = "ipatokenOTPkey";
    private static final String ALGORITHM = "ipatokenOTPalgorithm";
    private static final String DIGITS = "ipatokenOTPdigits";
    private static final String TIME_STEP = "ipatokenTOTPtimeStep";
    private static final String CLOCK_OFFSET = "ipatokenTOTPclockOffset";
    private static final String COUNTER = "ipatokenHOTPcounter";
    private static final String NOT_BEFORE = "ipatokenNotBefore";
    private static final String NOT_AFTER = "ipatokenNotAfter";

    private static final List<String> SHOWN = List.of(UNIQUE_ID, SERIAL, OWNER, DISABLED, VENDOR, MODEL);
    private static final List<String> ATTRIBUTES = List.of(
            UNIQUE_ID,
            SERIAL,
            OWNER,
            DISABLED,
            VENDOR,
            MODEL,
            KEY,
            ALGORITHM,
            DIGITS,
            TIME_STEP,
            CLOCK_OFFSET,
            COUNTER,
            NOT_BEFORE,
            NOT_AFTER);

    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,9}");

    private final Hints hints;

    FreeIpaLdif(Hints hints) {
        this.hints = hints;
    }

    @Override
    public void read(InputStream body, SeedRows rows) {
        rows.columns(SHOWN);
        LdifRecords records = new LdifRecords(body, ATTRIBUTES);
        for (LdifRecord record = records.next(); record != null; record = records.next()) {
            Entry entry = record.entry();
            if (entry == null) {
                rows.row(SeedDraft.unreadable(record.line(), record.fault()));
            } else if (entry.hasObjectClass("ipatokenTOTP") || entry.hasObjectClass("ipatokenHOTP")) {
                rows.row(token(record, entry));
            }
        }
    }

    private SeedRow token(LdifRecord record, Entry entry) {
        List<String> cells = SHOWN.stream().map(record::value).toList();
        String secret = secret(entry);
        SeedDraft draft = new SeedDraft(record.line(), Cells.shown(cells, secret), hints);
        for (String attribute : ATTRIBUTES) {
            if (record.values(attribute).size() > 1) {
                draft.fault(DetailCode.INVALID_VALUE, null, "The entry has more than one " + attribute + ".");
            }
        }
        String serial = record.value(SERIAL);
        draft.name(serial.isEmpty() ? record.value(UNIQUE_ID) : serial);
        draft.secret(secret, SecretEncoding.HEX);
        draft.otpLength(record.value(DIGITS));
        draft.hashAlgorithm(record.value(ALGORITHM));
        if (entry.hasObjectClass("ipatokenTOTP")) {
            draft.type("TOTP");
            timeStep(record, draft);
        } else {
            draft.type("HOTP");
            counter(record, draft);
        }
        draft.labels(record.value(VENDOR), record.value(MODEL));
        validity(record, draft);
        owner(record, draft);
        return draft.row();
    }

    /** The bytes themselves, unless the client says that they are text. */
    private String secret(Entry entry) {
        byte[] bytes = entry.getAttributeValueBytes(KEY);
        if (bytes == null) {
            return "";
        }
        return hints.encoding() == null
                ? HexFormat.of().formatHex(bytes)
                : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void counter(LdifRecord record, SeedDraft draft) {
        String counter = record.value(COUNTER);
        if (counter.isEmpty()) {
            draft.fault(
                    DetailCode.REQUIRED_VALUE,
                    "hotp.counter",
                    "The entry has no " + COUNTER + "; export it with the rights of the directory manager.");
        } else {
            draft.counter(counter);
        }
    }

    /** FreeIPA adds the offset to its own time, so a positive one is that of a token which is ahead. */
    private static void timeStep(LdifRecord record, SeedDraft draft) {
        Integer step = draft.timeStep(record.value(TIME_STEP));
        String offset = record.value(CLOCK_OFFSET);
        if (!offset.isEmpty() && !SECONDS.matcher(offset).matches()) {
            draft.fault(DetailCode.INVALID_VALUE, "totp.drift", "The clock offset must be a whole number of seconds.");
        } else if (step != null && step > 0) {
            long seconds = offset.isEmpty() ? 0 : Long.parseLong(offset);
            draft.drift(Math.floorDiv(2 * seconds + step, 2L * step)); // the nearest
        }
    }

    private void validity(LdifRecord record, SeedDraft draft) {
        draft.validity(time(record, NOT_BEFORE, draft), time(record, NOT_AFTER, draft));
    }

    private static @Nullable Instant time(LdifRecord record, String attribute, SeedDraft draft) {
        String text = record.value(attribute);
        try {
            return text.isEmpty()
                    ? null
                    : StaticUtils.decodeGeneralizedTime(text).toInstant();
        } catch (ParseException e) {
            String target = attribute.equals(NOT_AFTER) ? "validUntil" : "validFrom";
            draft.fault(DetailCode.INVALID_VALUE, target, attribute + " is no generalized time.");
            return null;
        }
    }

    private static void owner(LdifRecord record, SeedDraft draft) {
        String owner = record.value(OWNER);
        String disabled = record.value(DISABLED).toUpperCase(Locale.ROOT);
        if (!List.of("", "FALSE", "TRUE").contains(disabled)) {
            draft.fault(DetailCode.INVALID_VALUE, null, DISABLED + " must be TRUE or FALSE.");
        }
        boolean isDisabled = disabled.equals("TRUE");
        String uid = uid(owner);
        if (!owner.isEmpty() && uid == null) {
            draft.fault(DetailCode.INVALID_VALUE, "username", OWNER + " must be a DN that begins with uid.");
        } else if (uid != null) {
            draft.owner(new Owner(uid, isDisabled ? Owner.Status.BLOCKED : Owner.Status.ACTIVE));
        } else if (isDisabled) {
            draft.fault(
                    DetailCode.INVALID_VALUE,
                    "username",
                    "The token is disabled and nobody's; in stock it would come back to life.");
        }
    }

    private static @Nullable String uid(String dn) {
        try {
            var rdn = new DN(dn).getRDN();
            return rdn != null && !rdn.isMultiValued() && rdn.hasAttribute("uid") ? rdn.getAttributeValues()[0] : null;
        } catch (LDAPException e) {
            return null;
        }
    }
}
