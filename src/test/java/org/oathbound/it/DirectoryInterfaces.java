package org.oathbound.it;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.GenerateTOTPSharedSecretExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.GenerateTOTPSharedSecretExtendedResult;
import com.unboundid.ldap.sdk.unboundidds.extensions.RevokeTOTPSharedSecretExtendedRequest;
import com.unboundid.ldap.sdk.unboundidds.extensions.ValidateTOTPPasswordExtendedRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.oathbound.it.Confidential.Kind;

/** The interfaces of one server's directory, for one person with a password, who has a connection of his own. */
final class DirectoryInterfaces implements AutoCloseable {

    private static final String PASSWORD = "correct horse";

    private final Interfaces server;
    private final String username;
    private final LDAPConnection own = new LDAPConnection();

    /** Whether the connection is a session that has given a code. */
    private boolean bound;

    private final int ldapPort;

    DirectoryInterfaces(Interfaces server, String username) {
        this.server = server;
        this.username = username;
        this.ldapPort = server.writing().getConnectedPort();
    }

    /** Makes such a person. */
    static OwnDevices ofNewPerson(Oathbound http, String username) {
        ObjectNode person = JsonNodeFactory.instance.objectNode().put("username", username);
        person.putObject("password").put("value", PASSWORD);
        Answer created = CrashClient.answered(http.post("/users", Oathbound.JSON, person), 201);
        return OwnDevices.of(http, created.text("/id"));
    }

    /** An interface that takes codes. */
    enum Interface {
        BIND,
        SASL,
        /** Of REST. */
        AUTHENTICATE,
        /** As the administrator: without a password, and without what a password costs. */
        VALIDATE
    }

    /**
     * Whether a code is taken.
     *
     * @throws LDAPException unavailable (52), over REST too, when there is no verdict: as where too many are hashed at once
     */
    boolean takes(Interface where, String code) throws LDAPException {
        Confidential.note(Kind.CODE, code);
        return switch (where) {
            case BIND -> {
                Confidential.note(Kind.PASSWORD, PASSWORD + code);
                yield binds(connection -> connection.bind(name(), PASSWORD + code));
            }
            case SASL ->
                binds(connection -> connection.bind(new SingleUseTOTPBindRequest(identity(), null, code, PASSWORD)));
            case AUTHENTICATE -> authenticates(code);
            case VALIDATE -> isDone(server.writing(), new ValidateTOTPPasswordExtendedRequest(name(), code));
        };
    }

    /** A new secret: through LDAP in a session of the person's own, over REST as the application. */
    String generate(boolean throughLdap) throws LDAPException {
        if (throughLdap && bound) {
            var result = (GenerateTOTPSharedSecretExtendedResult) own.processExtendedOperation(
                    new GenerateTOTPSharedSecretExtendedRequest(identity(), (String) null));
            String secret = result.getTOTPSharedSecret();
            if (secret == null) {
                throw new LDAPException(result);
            }
            Confidential.note(Kind.SECRET, secret);
            return secret;
        }
        HttpRequest.Builder request = server.http().authorized("/directory/v1/" + name() + "/generateTOTPSharedSecret");
        return CrashClient.answered(sent(request, JsonNodeFactory.instance.objectNode()), 200)
                .text("/totpSharedSecret");
    }

    /** Whether a secret was there to be ended; nothing but itself speaks for it. */
    boolean revoke(String secret, boolean throughLdap) throws LDAPException {
        if (throughLdap) {
            return isDone(own(), new RevokeTOTPSharedSecretExtendedRequest(identity(), (String) null, secret));
        }
        HttpRequest.Builder request = server.http().request("/directory/v1/" + name() + "/revokeTOTPSharedSecret");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("totpSharedSecret", secret);
        return CrashClient.answered(sent(request, body), 200, 401).status() == 200;
    }

    /** Ends all, as the administrator. */
    void revokeAll() throws LDAPException {
        isDone(server.writing(), new RevokeTOTPSharedSecretExtendedRequest(identity(), (String) null, null));
    }

    @Override
    public void close() {
        own.close();
    }

    private LDAPConnection own() throws LDAPException {
        if (!own.isConnected()) {
            bound = false;
            own.connect("127.0.0.1", ldapPort);
        }
        return own;
    }

    private String name() {
        return "uid=" + username + ",ou=People," + Oathbound.SUFFIX;
    }

    private String identity() {
        return "u:" + username;
    }

    private boolean authenticates(String code) throws LDAPException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("credentials")
                .put("authenticationType", "passwordPlusTOTP")
                .put("username", username)
                .put("staticPassword", PASSWORD)
                .put("totpPassword", code);
        Answer answer = sent(server.http().request("/directory/v1/authenticate"), body);
        if (answer.status() == 503) {
            throw new LDAPException(ResultCode.UNAVAILABLE, answer.body());
        }
        return CrashClient.answered(answer, 200, 401).status() == 200;
    }

    private Answer sent(HttpRequest.Builder request, ObjectNode body) {
        return server.http()
                .send(request.header("Content-Type", Oathbound.JSON).POST(BodyPublishers.ofString(body.toString())));
    }

    private boolean binds(Bind bind) throws LDAPException {
        bound = false;
        try {
            bind.on(own());
            bound = true;
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
                throw e;
            }
        }
        return bound;
    }

    private static boolean isDone(LDAPConnection connection, ExtendedRequest request) throws LDAPException {
        ExtendedResult result = connection.processExtendedOperation(request);
        if (result.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
            return false;
        } else if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
            throw new LDAPException((LDAPResult) result);
        }
        return true;
    }

    private interface Bind {
        void on(LDAPConnection connection) throws LDAPException;
    }
}
