package org.oathbound.ldap.boundary;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedResult;
import com.unboundid.ldap.sdk.extensions.WhoAmIExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.GenerateTOTPSharedSecretExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.GenerateTOTPSharedSecretExtendedResult;
import com.unboundid.ldap.sdk.unboundidds.extensions.RevokeTOTPSharedSecretExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.ValidateTOTPPasswordExtendedRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.authentication.control.Account;
import org.oathbound.authentication.control.PasswordChange;
import org.oathbound.authentication.control.SharedSecrets;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.otp.SharedSecret;
import org.oathbound.problem.Problem;

/** The extended operations of this interface, but for StartTLS, which is the connection's matter. */
@ApplicationScoped
class ExtendedRequests {

    private static final String GENERATE =
            GenerateTOTPSharedSecretExtendedRequest.GENERATE_TOTP_SHARED_SECRET_REQUEST_OID;
    private static final String REVOKE = RevokeTOTPSharedSecretExtendedRequest.REVOKE_TOTP_SHARED_SECRET_REQUEST_OID;
    private static final String VALIDATE = ValidateTOTPPasswordExtendedRequest.VALIDATE_TOTP_PASSWORD_REQUEST_OID;
    private static final String PASSWORD_MODIFY = PasswordModifyExtendedRequest.PASSWORD_MODIFY_REQUEST_OID;
    private static final String WHO_AM_I = WhoAmIExtendedRequest.WHO_AM_I_REQUEST_OID;

    /** For the root DSE. */
    static final List<String> SUPPORTED = List.of(WHO_AM_I, PASSWORD_MODIFY, GENERATE, REVOKE, VALIDATE);

    private final AuthorizationIdentities subjects;
    private final SharedSecrets secrets;
    private final PasswordChange passwords;

    @Inject
    ExtendedRequests(AuthorizationIdentities subjects, SharedSecrets secrets, PasswordChange passwords) {
        this.subjects = subjects;
        this.secrets = secrets;
        this.passwords = passwords;
    }

    /** The answer of an operation that has succeeded. */
    record Answer(@Nullable String oid, @Nullable ASN1OctetString value) {

        static final Answer NOTHING = new Answer(null, null);
    }

    /** The audit's name for the operation. */
    static Action action(String oid) {
        if (oid.equals(GENERATE)) {
            return Action.DEVICE_PAIR;
        } else if (oid.equals(REVOKE)) {
            return Action.DEVICE_UNPAIR;
        }
        return oid.equals(PASSWORD_MODIFY) ? Action.USER_SET_PASSWORD : Action.LDAP_REFUSED;
    }

    /** Whether it takes something that could be guessed. */
    static boolean isGuess(String oid) {
        return SUPPORTED.contains(oid) && !oid.equals(WHO_AM_I);
    }

    /** @throws LDAPException with the result of an operation that fails; protocolError (2) for one that is unknown */
    Answer answer(CurrentAuthorization rights, ExtendedRequestProtocolOp request) throws LDAPException {
        if (request.getOID().equals(WHO_AM_I)) {
            String name = rights.client().name().isNullDN()
                    ? ""
                    : "dn:" + rights.client().name();
            return new Answer(null, new ASN1OctetString(name));
        } else if (!isGuess(request.getOID())) {
            throw new LDAPException(
                    ResultCode.PROTOCOL_ERROR, "Not supported here: extended operation " + request.getOID());
        }
        try {
            return answer(rights, new ExtendedRequest(request.getOID(), request.getValue()));
        } catch (Problem.NotFound e) {
            throw new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no such person.");
        }
    }

    private Answer answer(CurrentAuthorization rights, ExtendedRequest request) throws LDAPException {
        if (request.getOID().equals(GENERATE)) {
            return generate(rights, decoded(request, GenerateTOTPSharedSecretExtendedRequest::new));
        } else if (request.getOID().equals(REVOKE)) {
            return revoke(rights, decoded(request, RevokeTOTPSharedSecretExtendedRequest::new));
        } else if (request.getOID().equals(VALIDATE)) {
            return validate(rights, decoded(request, ValidateTOTPPasswordExtendedRequest::new));
        }
        return passwordModify(rights, decoded(request, PasswordModifyExtendedRequest::new));
    }

    private Answer generate(CurrentAuthorization rights, GenerateTOTPSharedSecretExtendedRequest request)
            throws LDAPException {
        Account account = subjects.named(request.getAuthenticationID(), rights.client());
        SharedSecret secret = secrets.generate(rights.requester(), account, request.getStaticPasswordString());
        var result = new GenerateTOTPSharedSecretExtendedResult(0, TotpSharedSecrets.text(secret));
        return new Answer(result.getOID(), result.getValue());
    }

    /** Here every secret that the person has not is invalidCredentials (49), as PingDirectory has it. */
    private Answer revoke(CurrentAuthorization rights, RevokeTOTPSharedSecretExtendedRequest request)
            throws LDAPException {
        Account account = subjects.named(request.getAuthenticationID(), rights.client());
        String text = request.getTOTPSharedSecret();
        SharedSecret secret =
                text == null ? null : TotpSharedSecrets.parse(text).orElseThrow(ExtendedRequests::wrong);
        try {
            secrets.revoke(rights.requester(), account, request.getStaticPasswordString(), secret);
        } catch (Problem.RequestFailed e) {
            throw wrong();
        }
        return Answer.NOTHING;
    }

    private Answer validate(CurrentAuthorization rights, ValidateTOTPPasswordExtendedRequest request)
            throws LDAPException {
        Account account = subjects.at(NormalizedNames.dn(request.getUserDN()));
        if (!secrets.validate(rights.requester(), account, request.getTOTPPassword())) {
            throw wrong();
        }
        return Answer.NOTHING;
    }

    private Answer passwordModify(CurrentAuthorization rights, PasswordModifyExtendedRequest request)
            throws LDAPException {
        Account account = subjects.withPassword(request.getUserIdentity(), rights.client());
        Optional<String> made =
                passwords.change(rights.requester(), account, request.getOldPassword(), request.getNewPassword());
        if (made.isEmpty()) {
            return Answer.NOTHING;
        }
        ASN1OctetString password = new ASN1OctetString(made.get());
        var result = new PasswordModifyExtendedResult(0, ResultCode.SUCCESS, null, null, null, password, null);
        return new Answer(null, Objects.requireNonNull(result.getValue(), "a password was made"));
    }

    private static LDAPException wrong() {
        return new LDAPException(ResultCode.INVALID_CREDENTIALS, "Name, password, secret or code is wrong.");
    }

    /** The SDK calls what it can't read by a code that only clients know. */
    private static <T> T decoded(ExtendedRequest request, Decoder<T> decoder) throws LDAPException {
        try {
            return decoder.decode(request);
        } catch (LDAPException e) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "The value of the request can't be read.");
        }
    }

    private interface Decoder<T> {
        T decode(ExtendedRequest request) throws LDAPException;
    }
}
