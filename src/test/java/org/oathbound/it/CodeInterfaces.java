package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.ValidateTOTPPasswordExtendedRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Every interface at which one person can sign on with one device, or have its code judged.
 *
 * @param device its id, and {@code token} that of its token
 * @param name of the person's entry
 * @param authenticator is bound as an application that may judge codes
 */
record CodeInterfaces(
        Oathbound oathbound,
        int ldapPort,
        OwnDevices devices,
        String device,
        String token,
        String username,
        String name,
        String password,
        LDAPConnection authenticator) {

    /** A connection for {@code authenticator}. */
    static LDAPConnection authenticator(ServerProcess server) throws LDAPException {
        Oathbound worker = server.oathbound().asWorker("Authenticator");
        LDAPConnection connection = new LDAPConnection("127.0.0.1", server.ldapPort());
        connection.bind(
                "oathboundId=" + worker.clientId() + ",ou=Applications," + Oathbound.SUFFIX, worker.clientSecret());
        return connection;
    }

    /** Whether the code was taken, by the name of the interface. */
    Map<String, Callable<Boolean>> of(String code) {
        Map<String, Callable<Boolean>> interfaces = new LinkedHashMap<>();
        interfaces.put("flow", () -> devices.signOn(device, code).status() == 201);
        interfaces.put("test", () -> devices.test(device, code).status() == 200);
        interfaces.put("authenticate", () -> authenticate(code));
        interfaces.put("bind", () -> succeeds(connection -> connection.bind(name, password + code)));
        interfaces.put(
                "SASL",
                () -> succeeds(connection ->
                        connection.bind(new SingleUseTOTPBindRequest("u:" + username, null, code, password))));
        interfaces.put("compare", () -> compare(code));
        interfaces.put("validate", () -> validate(code));
        return interfaces;
    }

    private boolean authenticate(String code) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("credentials")
                .put("authenticationType", "passwordPlusTOTP")
                .put("username", username)
                .put("staticPassword", password)
                .put("totpPassword", code);
        Answer answer = oathbound.send(oathbound
                .request("/directory/v1/authenticate")
                .header("Content-Type", Oathbound.JSON)
                .POST(BodyPublishers.ofString(body.toString())));
        return answer.status() == 200;
    }

    private boolean compare(String code) throws LDAPException {
        String name = "oathTokenIdentifier=" + token + ",ou=Tokens," + Oathbound.SUFFIX;
        return authenticator
                .compare(new CompareRequest(name, "oathSecret", code))
                .compareMatched();
    }

    private boolean validate(String code) throws LDAPException {
        return authenticator
                .processExtendedOperation(new ValidateTOTPPasswordExtendedRequest(name, code))
                .getResultCode()
                .equals(ResultCode.SUCCESS);
    }

    private interface Bind {
        void on(LDAPConnection connection) throws LDAPException;
    }

    private boolean succeeds(Bind bind) throws LDAPException {
        try (LDAPConnection connection = new LDAPConnection("127.0.0.1", ldapPort)) {
            bind.on(connection);
            return true;
        } catch (LDAPException e) {
            // Too many are hashed at once where the machine is small: then nothing was judged.
            assertThat(e.getResultCode()).isIn(ResultCode.INVALID_CREDENTIALS, ResultCode.UNAVAILABLE);
            return false;
        }
    }
}
