package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.SlowHash;
import org.oathbound.http.AddressLimit;
import org.oathbound.problem.Problem;

/** Who a client is after a bind (RFC 4513 section 5), and how often one address may ask that: each is a chance to guess. */
@Dependent
public class Binds {

    private static final String PASSWORD = "userPassword";

    private final Directory directory;
    private final DN administrator;
    private final SlowHash hash;
    private final AddressLimit limit;

    @Inject
    public Binds(Directory directory, SlowHash hash, AddressLimit limit) {
        this.directory = directory;
        this.hash = hash;
        this.limit = limit;
        this.administrator = new DN(new RDN("cn", "admin", Ldif.schema()), directory.suffix());
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
     * The name that a client has from now on, {@link DN#NULL_DN} for nobody's.
     *
     * @throws LDAPException with the result code of a bind that fails
     * @throws Problem.Unavailable when too many secrets are being hashed at once
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
        return hash.matches(stored.orElse(""), password);
    }
}
