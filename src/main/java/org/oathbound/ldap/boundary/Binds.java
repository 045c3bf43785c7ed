package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Optional;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.PasswordHash;

/** Who a client is after a bind (RFC 4513 section 5). */
final class Binds {

    private static final String PASSWORD = "userPassword";

    private final Directory directory;
    private final DN administrator;

    Binds(Directory directory) {
        this.directory = directory;
        this.administrator = new DN(new RDN("cn", "admin", Ldif.schema()), directory.suffix());
    }

    /**
     * The name that a client has from now on, {@link DN#NULL_DN} for nobody's.
     *
     * @throws LDAPException with the result code of a bind that fails
     */
    DN bind(BindRequestProtocolOp request) throws LDAPException {
        if (request.getVersion() != 3) {
            throw new LDAPException(ResultCode.PROTOCOL_ERROR, "LDAP version 3 is spoken here.");
        }
        if (request.getCredentialsType() != BindRequestProtocolOp.CRED_TYPE_SIMPLE) {
            throw new LDAPException(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "Only simple binds are supported.");
        }
        DN name = Names.dn(request.getBindDN());
        String password = request.getSimplePassword().stringValue();
        if (password.isEmpty()) {
            return withoutPassword(name);
        }
        if (!matches(name, password)) {
            throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "Name or password is wrong.");
        }
        return administrator;
    }

    private static DN withoutPassword(DN name) throws LDAPException {
        if (!name.isNullDN()) {
            throw new LDAPException(
                    ResultCode.UNWILLING_TO_PERFORM, "A bind with a name needs a password (RFC 4513 section 5.1.2).");
        }
        return DN.NULL_DN;
    }

    private boolean matches(DN name, String password) {
        Optional<String> stored = name.equals(administrator)
                ? directory.read(administrator).map((ReadOnlyEntry entry) -> entry.getAttributeValue(PASSWORD))
                : Optional.empty();
        return stored.isPresent() ? PasswordHash.matches(stored.get(), password) : PasswordHash.matchesNobody(password);
    }
}
