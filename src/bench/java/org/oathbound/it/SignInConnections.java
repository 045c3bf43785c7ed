package org.oathbound.it;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.unboundidds.SingleUseTOTPBindRequest;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.oathbound.it.RefusedPeople.Attempt;

/** A connection to each interface where people sign in by password and code. They are kept open. */
final class SignInConnections implements AutoCloseable {

    private static final String ADDRESS = "127.0.0.1";
    private static final String BACK = "https://app.example.com/back";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"; // RFC 7636 appendix B

    private final int ldapPort;
    private final String page;
    private final String program;
    private final Map<Interface, LDAPConnection> ldap = new EnumMap<>(Interface.class);
    private final Map<Interface, ClientAt> http = new EnumMap<>(Interface.class);

    SignInConnections(ServerProcess server) {
        Oathbound oathbound = server.oathbound();
        ldapPort = server.ldapPort();
        page = "/" + oathbound.environment() + "/as/authorize";
        program = program(oathbound);
        for (Interface at : Interface.values()) {
            if (at.isLdap) {
                ldap.put(at, new LDAPConnection());
            } else {
                http.put(at, new ClientAt(ADDRESS, server.httpPort(), ldapPort));
            }
        }
    }

    /** Where people sign in. */
    enum Interface {
        /** LDAP's simple bind, with the code behind the password. */
        BIND(true),
        /** LDAP's mechanism {@code UNBOUNDID-TOTP}. */
        SASL(true),
        /** {@code /directory/v1/authenticate}. */
        AUTHENTICATE(false),
        /** HTTP's own scheme, with the code behind the password. */
        BASIC(false),
        /** The sign-in page. */
        PAGE(false);

        private final boolean isLdap;

        Interface(boolean isLdap) {
            this.isLdap = isLdap;
        }
    }

    private static String program(Oathbound oathbound) {
        ObjectNode wanted = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Program")
                .put("tokenEndpointAuthMethod", "NONE");
        wanted.putArray("redirectUris").add(BACK);
        return CrashClient.answered(oathbound.post("/applications", Oathbound.JSON, wanted), 201)
                .text("/id");
    }

    /** Connects where the server has closed the connection, so that this is no part of what is measured next. */
    void open(Interface at) throws IOException, LDAPException {
        if (at.isLdap) {
            LDAPConnection connection = connection(at);
            if (!connection.isConnected()) {
                connection.connect(ADDRESS, ldapPort);
            }
        } else {
            client(at).begin("");
        }
    }

    /**
     * Whether the attempt lets somebody in.
     *
     * @throws IllegalStateException when it is neither that nor a refusal
     */
    boolean letsIn(Interface at, Attempt attempt) throws IOException {
        String line = attempt.password() + attempt.code();
        return switch (at) {
            case BIND -> isBound(at, new SimpleBindRequest(name(attempt), line));
            case SASL ->
                isBound(
                        at,
                        new SingleUseTOTPBindRequest(
                                "u:" + attempt.username(), null, attempt.code(), attempt.password()));
            case AUTHENTICATE ->
                is(200, 401, client(at).post("/directory/v1/authenticate", Oathbound.JSON, document(attempt)));
            case BASIC -> is(200, 401, client(at).get("/directory/v1/me", attempt.username(), line));
            case PAGE -> is(303, 403, client(at).post(page, Oathbound.FORM, form(attempt)));
        };
    }

    private LDAPConnection connection(Interface at) {
        return ldap.getOrDefault(at, new LDAPConnection());
    }

    private ClientAt client(Interface at) {
        ClientAt client = http.get(at);
        if (client == null) {
            throw new IllegalArgumentException(at + " is not HTTP.");
        }
        return client;
    }

    private boolean isBound(Interface at, BindRequest request) {
        ResultCode code;
        try {
            code = connection(at).bind(request).getResultCode();
        } catch (LDAPException e) {
            code = e.getResultCode();
        }
        return is(ResultCode.SUCCESS_INT_VALUE, ResultCode.INVALID_CREDENTIALS_INT_VALUE, code.intValue());
    }

    private static boolean is(int letIn, int refused, int answered) {
        if (answered != letIn && answered != refused) {
            throw new IllegalStateException("The answer is " + answered + ".");
        }
        return answered == letIn;
    }

    private static String name(Attempt attempt) {
        return "uid=" + attempt.username() + ",ou=People," + Oathbound.SUFFIX;
    }

    private static String document(Attempt attempt) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("credentials")
                .put("authenticationType", "passwordPlusTOTP")
                .put("username", attempt.username())
                .put("staticPassword", attempt.password())
                .put("totpPassword", attempt.code());
        return body.toString();
    }

    private String form(Attempt attempt) {
        return "client_id=" + program + "&redirect_uri=" + Oathbound.encoded(BACK)
                + "&response_type=code&code_challenge_method=S256&code_challenge=" + CHALLENGE + "&username="
                + attempt.username() + "&password=" + Oathbound.encoded(attempt.password()) + "&otp=" + attempt.code();
    }

    @Override
    public void close() {
        ldap.values().forEach(LDAPConnection::close);
        http.values().forEach(ClientAt::close);
    }
}
