package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.DN;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.Audited;
import org.oathbound.authentication.control.Account;
import org.oathbound.authentication.control.FindAccount;
import org.oathbound.authentication.control.PasswordAuthentication;
import org.oathbound.authentication.control.PasswordChange;
import org.oathbound.http.JsonBody;
import org.oathbound.http.MediaTypes;
import org.oathbound.oauth.control.AccessTokens;
import org.oathbound.problem.Problem;

/** Sign-ins without an application: an access token for a password, or a password and a code; and a new password. */
@Path("/directory/v1")
@CrossSiteFilter.NoOtherSite
@Produces(MediaTypes.JSON)
@ApplicationScoped
public class SessionsResource {

    private final FindAccount accounts;
    private final PasswordAuthentication sessions;
    private final PasswordChange change;
    private final AccessTokens accessTokens;
    private final SingleEntries entries;
    private final EntryDocuments documents;

    @Inject
    public SessionsResource(
            FindAccount accounts,
            PasswordAuthentication sessions,
            PasswordChange change,
            AccessTokens accessTokens,
            SingleEntries entries,
            EntryDocuments documents) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.change = change;
        this.accessTokens = accessTokens;
        this.entries = entries;
        this.documents = documents;
    }

    @POST
    @Path("/authenticate")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Audited(Action.USER_SIGN_ON)
    public Response authenticate(InputStream body) {
        return ExtendedResult.answer(() -> {
            AuthenticateDocument document = AuthenticateDocument.read(RequestControls.checked(JsonBody.read(body)));
            DN dn = document.dn();
            Account account = dn != null ? accounts.at(dn) : accounts.named(document.username());
            PersonSession session = sessions.begin(account, document.credential())
                    .orElseThrow(() -> new Problem.Unauthenticated("Name, password or code is wrong."));
            AuditContext.become(AuditContext.current().by("person:" + session.person()));
            return ExtendedResult.SUCCESS.withAccessToken(
                    accessTokens.issue(account.environment().id(), session), user(account, session, document));
        });
    }

    private @Nullable Map<String, Object> user(Account account, PersonSession session, AuthenticateDocument document) {
        Selection wanted = document.wanted();
        return wanted == null
                ? null
                : documents.of(entries.own(sessions.caller(account.environment(), session)), wanted);
    }

    @POST
    @Path("/{dn}/changePassword")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Audited(Action.USER_SET_PASSWORD)
    public Response changePassword(@Context UriInfo uri, @Context SecurityContext security, InputStream body) {
        return ExtendedResult.answer(() -> {
            PasswordChangeDocument document =
                    PasswordChangeDocument.read(RequestControls.checked(JsonBody.readIfAny(body)));
            Account account = accounts.at(EntryNames.in(uri));
            Requester requester = new Authenticated(RequestPrincipals.required(security));
            Optional<String> generated =
                    change.change(requester, account, document.oldPassword(), document.newPassword());
            return generated.map(ExtendedResult.SUCCESS::withPassword).orElse(ExtendedResult.SUCCESS);
        });
    }
}
