package org.oathbound.ldap.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import com.unboundid.ldap.sdk.unboundidds.UnboundIDTOTPBindRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.application.entity.Application;
import org.oathbound.application.entity.PersonSession;
import org.oathbound.audit.AuditContext;
import org.oathbound.authentication.control.Account;
import org.oathbound.authentication.control.PasswordAuthentication;
import org.oathbound.device.entity.Credential;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.boundary.AuthorizationState.Administrator;
import org.oathbound.ldap.boundary.AuthorizationState.Anonymous;
import org.oathbound.ldap.boundary.AuthorizationState.Human;
import org.oathbound.ldap.boundary.AuthorizationState.Program;
import org.oathbound.password.Asker;
import org.oathbound.password.SlowHash;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Problem;

/**
 * Who a client is after a bind (RFC 4513 section 5): the administrator by a password, an application by its secret, a
 * person by a password and a code, in one line or by the SASL mechanism {@code UNBOUNDID-TOTP}.
 */
@ApplicationScoped
class Binds {

    private final Directory directory;
    private final Environments environments;
    private final Applications applications;
    private final RoleHolders holders;
    private final AuthorizationIdentities subjects;
    private final PasswordAuthentication sessions;
    private final SlowHash hash;
    private final AddressLimit limit;
    private final Clock clock;

    @Inject
    Binds(
            Directory directory,
            Environments environments,
            Applications applications,
            RoleHolders holders,
            AuthorizationIdentities subjects,
            PasswordAuthentication sessions,
            SlowHash hash,
            AddressLimit limit,
            Clock clock) {
        this.directory = directory;
        this.environments = environments;
        this.applications = applications;
        this.holders = holders;
        this.subjects = subjects;
        this.sessions = sessions;
        this.hash = hash;
        this.limit = limit;
        this.clock = clock;
    }

    /** Counts one bind, and says whether it may be looked at; the limit is the one that holds calls over HTTP. */
    boolean isWithinLimit(String address) {
        try {
            limit.take(address);
            return true;
        } catch (Problem.Limited e) {
            return false;
        }
    }

    /**
     * The client's authorization state from now on.
     *
     * @throws LDAPException with the result code of a bind that fails
     * @throws Problem.Unavailable when there is no verdict, or too many secrets are being hashed at once
     * @throws Problem.Limited when there were too many wrong ones before
     */
    AuthorizationState bind(BindRequestProtocolOp request) throws LDAPException {
        if (request.getVersion() != 3) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "LDAP version 3 is spoken here.");
        }
        if (request.getCredentialsType() == BindRequestProtocolOp.CRED_TYPE_SIMPLE) {
            return simple(
                    NormalizedNames.dn(request.getBindDN()),
                    request.getSimplePassword().stringValue());
        } else if (UnboundIDTOTPBindRequest.UNBOUNDID_TOTP_MECHANISM_NAME.equals(request.getSASLMechanism())
                && request.getSASLCredentials() != null) {
            return totp(decoded(request.getSASLCredentials()));
        }
        throw new LDAPException(
                ResultCode.AUTH_METHOD_NOT_SUPPORTED,
                "Supported are simple binds, and SASL by " + UnboundIDTOTPBindRequest.UNBOUNDID_TOTP_MECHANISM_NAME
                        + ".");
    }

    /** The client's present rights. */
    CurrentAuthorization rights(AuthorizationState client) {
        Requester requester =
                switch (client) {
                    case Administrator administrator -> new Requester.Administrator();
                    case Program program -> known(caller(program));
                    case Human human -> known(caller(human));
                    case Anonymous nobody -> new Requester.Anonymous();
                };
        return new CurrentAuthorization(client, requester);
    }

    private static Requester known(Optional<RequestPrincipal> caller) {
        return caller.<Requester>map(Requester.Authenticated::new).orElseGet(Requester.Anonymous::new);
    }

    private Optional<RequestPrincipal> caller(Program program) {
        return environments
                .find(program.environment().id())
                .flatMap(environment -> applications.find(environment, program.id()))
                .filter(Application::enabled)
                .map(application -> RequestPrincipal.application(program.environment(), application));
    }

    private Optional<RequestPrincipal> caller(Human human) {
        return holders.inSession(human.environment(), human.id(), human.since())
                .or(() -> isNotHere(human) ? Optional.of(Set.of()) : Optional.empty())
                .map(roles -> RequestPrincipal.person(
                        human.environment(), new PersonSession(human.id(), human.withCode()), roles));
    }

    /** A person of a corporate directory may have no entry here yet. */
    private boolean isNotHere(Human human) {
        return !human.name().isDescendantOf(human.environment().base(), false)
                && holders.find(human.environment(), human.id()).isEmpty();
    }

    private AuthorizationState simple(DN name, String password) throws LDAPException {
        if (password.isEmpty()) {
            return withoutPassword(name);
        }
        if (name.equals(administrator())) {
            return administrator(name, password);
        }
        Account account = subjects.at(name);
        RequestPrincipal caller = sessions.caller(account, password).orElseThrow(Binds::wrong);
        return account.application()
                .<AuthorizationState>map(id -> new Program(name, account.environment(), id))
                .orElseGet(() -> human(account, caller.withCode()));
    }

    private DN administrator() {
        return new DN(new RDN(Schema.CN, "admin", Ldif.schema()), directory.suffix());
    }

    private static AuthorizationState withoutPassword(DN name) throws LDAPException {
        if (!name.isNullDN()) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM,
                    "The password is empty: send one with the name, or neither to be anonymous (RFC 4513 section 5.1.2).");
        }
        return new Anonymous();
    }

    private AuthorizationState administrator(DN name, String password) throws LDAPException {
        Optional<String> stored =
                directory.read(name).map((ReadOnlyEntry entry) -> entry.getAttributeValue(Schema.USER_PASSWORD));
        Asker asker = Asker.of(name.toNormalizedString(), AuditContext.current().address());
        if (!hash.isPassword(asker, stored.orElse(""), password)) {
            throw wrong();
        }
        return new Administrator(administrator());
    }

    /** The SDK calls what it can't read by a code that only clients know. */
    private static SingleUseTOTPBindRequest decoded(ASN1OctetString credentials) throws LDAPException {
        try {
            return SingleUseTOTPBindRequest.decodeSASLCredentials(credentials);
        } catch (LDAPException e) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "The credentials can't be read.");
        }
    }

    private AuthorizationState totp(SingleUseTOTPBindRequest request) throws LDAPException {
        String asWhom = request.getAuthorizationID();
        if (asWhom != null && !asWhom.equals(request.getAuthenticationID())) {
            throw new LDAPException(ResultCode.AUTHORIZATION_DENIED, "Nobody may act as somebody else.");
        }
        String password = request.getStaticPassword() == null
                ? ""
                : request.getStaticPassword().stringValue();
        Account account = subjects.named(request.getAuthenticationID());
        PersonSession session = sessions.signIn(account, new Credential.Separate(password, request.getTOTPPassword()))
                .orElseThrow(Binds::wrong);
        return human(account, session.withCode());
    }

    /** The state of a person who has signed in; the account then has a person. */
    private AuthorizationState human(Account account, boolean withCode) {
        FoundPerson person = account.person().orElseThrow();
        return new Human(person.enrolment().identity(), account.environment(), person.id(), withCode, clock.instant());
    }

    private static LDAPException wrong() {
        return new LDAPException(ResultCode.INVALID_CREDENTIALS, "Name or password is wrong.");
    }
}
