package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.oathbound.application.entity.Permission;
import org.oathbound.device.control.DeviceVerification;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.otp.Passcode;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.Verdict.Accepted;

/** A comparison of a token's {@code oathSecret} with a code, which judges the code and uses it up. */
@ApplicationScoped
class CodeComparison {

    private final Environments environments;
    private final DeviceVerification verification;

    @Inject
    CodeComparison(Environments environments, DeviceVerification verification) {
        this.environments = environments;
        this.verification = verification;
    }

    static boolean isMeant(String attribute) {
        return NormalizedNames.canonical(attribute).equals(NormalizedNames.canonical(Schema.SECRET));
    }

    /**
     * Whether the code is right.
     *
     * @throws LDAPException with insufficientAccessRights (50), noSuchObject (32) where there is no such token,
     *     invalidAttributeSyntax (21) for what is no code, unwillingToPerform (53) for a token that can't be used
     */
    boolean isRight(CurrentAuthorization rights, DN name, String value) throws LDAPException {
        Environment environment = environments.of(name).orElseThrow(CurrentAuthorization::refused);
        if (rights.isAdministrator()) {
            throw CurrentAuthorization.refused(); // a client that checks codes has its own account, with that role
        }
        rights.require(Permission.AUTHENTICATE_DEVICE, environment);
        String id = name.getRDN().getAttributeValues()[0];
        if (!environment.tokens().equals(name.getParent()) || !Texts.isUuid(id)) {
            throw noSuchToken();
        }
        Passcode code = Passcode.parse(value)
                .orElseThrow(() ->
                        new LDAPException(ResultCode.INVALID_ATTRIBUTE_SYNTAX, "A code is six or eight ASCII digits."));
        try {
            return verification.verify(environment, new TokenId(UUID.fromString(id)), code) instanceof Accepted;
        } catch (Problem.NotFound e) {
            throw noSuchToken();
        } catch (Problem.RequestFailed e) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM, e.details().getFirst().message());
        }
    }

    private static LDAPException noSuchToken() {
        return new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no such token.");
    }
}
