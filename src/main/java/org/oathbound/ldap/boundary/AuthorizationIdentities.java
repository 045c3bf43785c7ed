package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.oathbound.authentication.control.Account;
import org.oathbound.authentication.control.FindAccount;

/**
 * The accounts that requests name, in LDAP's two ways: by their entry, or by an authorization identity (RFC 4513
 * section 5.2.1.8).
 */
@ApplicationScoped
class AuthorizationIdentities {

    private static final String BY_NAME = "dn:";
    private static final String BY_USERNAME = "u:";

    private final FindAccount accounts;

    @Inject
    AuthorizationIdentities(FindAccount accounts) {
        this.accounts = accounts;
    }

    /** The account whose entry has that name. */
    Account at(DN name) {
        return accounts.at(name);
    }

    /**
     * The same by {@code dn:} and a name, or {@code u:} and a user name of the default environment.
     *
     * @throws LDAPException for anything else: invalidDNSyntax (34), protocolError (2)
     */
    Account named(String authorizationId) throws LDAPException {
        if (isKind(authorizationId, BY_NAME)) {
            return at(NormalizedNames.dn(authorizationId.substring(BY_NAME.length())));
        } else if (isKind(authorizationId, BY_USERNAME)) {
            return accounts.named(authorizationId.substring(BY_USERNAME.length()));
        }
        throw new LDAPException(
                ResultCode.PROTOCOL_ERROR, "An identity begins with dn: or u: (RFC 4513 section 5.2.1.8).");
    }

    /** The same; the client's own account where the request names none. */
    Account named(@Nullable String authorizationId, AuthorizationState client) throws LDAPException {
        return authorizationId == null ? at(client.name()) : named(authorizationId);
    }

    /** As RFC 3062 names whose password it is: in either way, or by nothing but the entry's name. */
    Account withPassword(@Nullable String identity, AuthorizationState client) throws LDAPException {
        if (identity == null || isKind(identity, BY_NAME) || isKind(identity, BY_USERNAME)) {
            return named(identity, client);
        }
        return at(NormalizedNames.dn(identity));
    }

    private static boolean isKind(String authorizationId, String prefix) {
        return authorizationId.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
