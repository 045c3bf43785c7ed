package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.DN;
import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Credential;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.DetailCode;
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
        return JsonFields.read(body, AuthenticateDocument::read);
    }

    private static @Nullable AuthenticateDocument read(JsonFields fields) {
        JsonFields credentials = fields.required("credentials").object();
        String type = credentials.required(TYPE).oneOf(TYPES);
        String password = credentials.required("staticPassword").text();
        String dn = credentials.optional("dn").text();
        String username = credentials.optional("username").text();
        String code = WITH_CODE.equals(type) ? code(credentials) : null;
        if (!credentials.isAbsent() && (dn == null) == (username == null)) {
            credentials.fault(DetailCode.REQUIRED_VALUE, "dn", "One of dn and username is required, and not both.");
        }
        List<String> wanted = fields.optional("returnUserAttributes").texts(MAX_ATTRIBUTES);
        if (!fields.faults().isEmpty() || password == null) {
            return null;
        }
        return new AuthenticateDocument(
                dn == null ? null : EntryNames.parse("dn", dn),
                username == null ? "" : username,
                code == null ? new Credential.Password(password) : new Credential.Separate(password, code),
                wanted == null ? null : selection(wanted));
    }

    /** The reference does not show what it is called. */
    private static @Nullable String code(JsonFields fields) {
        return fields.isAbsent("totp")
                ? fields.required("totpPassword").text()
                : fields.optional("totp").text();
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
