package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.DN;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Credential;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/**
 * The body of {@code authenticate}.
 *
 * @param dn null where a user name was sent
 * @param username empty where a DN was sent
 * @param wanted the person's attributes that are asked for; null for none
 */
record AuthenticateDocument(
        @Nullable DN dn,
        String username,
        Credential credential,
        @Nullable Selection wanted) {

    private static final String TYPE = "authenticationType";
    private static final String WITH_CODE = "passwordPlusTOTP";
    private static final List<String> TYPES = List.of("password", WITH_CODE);
    private static final int MAX_ATTRIBUTES = 200;

    /** {@link Problem.InvalidData} with every fault. */
    static AuthenticateDocument read(JsonObject body) {
        List<Detail> faults = new ArrayList<>();
        Fields all = new Fields(body, "", faults);
        Fields fields = all.requiredObject("credentials");
        String type = fields == null ? null : fields.requiredOneOf(TYPE, TYPES);
        String password = fields == null ? null : fields.requiredText("staticPassword");
        String dn = fields == null ? null : fields.text("dn");
        String username = fields == null ? null : fields.text("username");
        String code = fields == null ? null : code(fields, WITH_CODE.equals(type));
        if (fields != null && (dn == null) == (username == null)) {
            fields.fault(DetailCode.REQUIRED_VALUE, "dn", "One of dn and username is required, and not both.");
        }
        List<String> wanted =
                all.isAbsent("returnUserAttributes") ? null : all.requiredTexts("returnUserAttributes", MAX_ATTRIBUTES);
        if (!faults.isEmpty() || password == null) {
            throw new Problem.InvalidData(faults);
        }
        return new AuthenticateDocument(
                dn == null ? null : EntryNames.parse("dn", dn),
                username == null ? "" : username,
                code == null ? new Credential.Password(password) : new Credential.Separate(password, code),
                wanted == null ? null : selection(wanted));
    }

    /** The reference does not show what it is called. */
    private static @Nullable String code(Fields fields, boolean wanted) {
        if (!wanted) {
            return null;
        }
        return fields.isAbsent("totp") ? fields.requiredText("totpPassword") : fields.text("totp");
    }

    /** LDAP's name for all operational attributes is {@code +} (RFC 3673). */
    private static Selection selection(List<String> names) {
        return Selection.of(
                String.join(
                        ",",
                        names.stream()
                                .map(name -> name.equals("+") ? "_operationalAttributes" : name)
                                .toList()),
                null);
    }

    @Override
    public String toString() {
        return "AuthenticateDocument";
    }
}
