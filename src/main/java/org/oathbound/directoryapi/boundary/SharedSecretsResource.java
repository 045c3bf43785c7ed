package org.oathbound.directoryapi.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requester;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.authentication.control.Account;
import org.oathbound.authentication.control.FindAccount;
import org.oathbound.authentication.control.SharedSecrets;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.http.JsonBody;
import org.oathbound.http.JsonFields;
import org.oathbound.http.MediaTypes;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** {@code generateTOTPSharedSecret} and {@code revokeTOTPSharedSecret}: no access token is needed where a password is sent. */
@Path("/directory/v1")
@CrossSiteFilter.NoOtherSite
@Produces(MediaTypes.JSON)
@ApplicationScoped
public class SharedSecretsResource {

    private static final String PASSWORD = "staticPassword";
    private static final String SECRET = "totpSharedSecret";

    /** Twice what the longest hash takes. */
    private static final int MAX_SECRET_CHARACTERS = 256;

    private final SharedSecrets secrets;
    private final FindAccount accounts;

    @Inject
    public SharedSecretsResource(SharedSecrets secrets, FindAccount accounts) {
        this.secrets = secrets;
        this.accounts = accounts;
    }

    @POST
    @Path("/{dn}/generateTOTPSharedSecret")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Audited(Action.DEVICE_PAIR)
    public Response generate(@Context UriInfo uri, @Context SecurityContext security, InputStream body) {
        return ExtendedResult.answer(() -> {
            String password = text(RequestControls.checked(JsonBody.readIfAny(body)), PASSWORD);
            Account account = accounts.at(EntryNames.in(uri));
            Requester requester = RequestPrincipals.requester(security, password);
            SharedSecret secret = secrets.generate(requester, account, password);
            return ExtendedResult.SUCCESS.withSharedSecret(TotpSharedSecrets.text(secret));
        });
    }

    @POST
    @Path("/{dn}/revokeTOTPSharedSecret")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Audited(Action.DEVICE_UNPAIR)
    public Response revoke(@Context UriInfo uri, @Context SecurityContext security, InputStream body) {
        return ExtendedResult.answer(() -> {
            JsonObject document = RequestControls.checked(JsonBody.readIfAny(body));
            String password = text(document, PASSWORD);
            String base32 = text(document, SECRET);
            SharedSecret secret = base32 == null ? null : secret(base32);
            Account account = accounts.at(EntryNames.in(uri));
            Requester requester = RequestPrincipals.requester(security, password == null ? base32 : password);
            secrets.revoke(requester, account, password, secret);
            return ExtendedResult.SUCCESS;
        });
    }

    /** With padding or without, in either case. */
    private static SharedSecret secret(String base32) {
        if (base32.length() > MAX_SECRET_CHARACTERS) {
            throw unreadable();
        }
        return TotpSharedSecrets.parse(base32).orElseThrow(SharedSecretsResource::unreadable);
    }

    private static Problem.InvalidData unreadable() {
        return new Problem.InvalidData(
                DetailCode.INVALID_VALUE, SECRET, "The secret is not Base32 (RFC 4648 section 6).");
    }

    private static @Nullable String text(JsonObject body, String name) {
        return JsonFields.read(
                        body,
                        fields -> Optional.ofNullable(fields.optional(name).text()))
                .orElse(null);
    }
}
