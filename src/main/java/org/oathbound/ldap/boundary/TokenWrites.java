package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;
import org.oathbound.token.control.AddedToken;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.TokenId;

/**
 * What the administrator of LDAP writes below {@code ou=Tokens}: an entry that is added is a new token, its secret sealed
 * before it is stored; one that is deleted is revoked. So no entry stands under a foreign id, and no counter goes back.
 */
@ApplicationScoped
class TokenWrites {

    private final Environments environments;
    private final CurrentSettings settings;
    private final Tokens tokens;

    @Inject
    TokenWrites(Environments environments, CurrentSettings settings, Tokens tokens) {
        this.environments = environments;
        this.settings = settings;
        this.tokens = tokens;
    }

    /** Whether an entry of that name is, or would be, a token. */
    boolean areMeant(DN name) {
        return environment(name).isPresent();
    }

    /**
     * Creates a token.
     *
     * @throws LDAPException with namingViolation (64) when the name is not that of the serial number, entryAlreadyExists
     *     (68), constraintViolation (19) for values that no token may have
     */
    void add(DN name, AddRequestProtocolOp request) throws LDAPException {
        Environment environment = environment(name).orElseThrow(() -> unknown(name));
        Entry entry = new Entry(name, Ldif.schema(), request.getAttributes());
        try {
            NewToken token = AddedToken.read(entry, settings.of(environment).oath());
            checkName(environment, name, entry, token);
            tokens.create(environment, token);
        } catch (Problem.InvalidData e) {
            boolean isTaken =
                    e.details().stream().anyMatch(detail -> detail.code().equals(DetailCode.UNIQUENESS_VIOLATION));
            throw new LDAPException(
                    isTaken ? ResultCode.ENTRY_ALREADY_EXISTS : ResultCode.CONSTRAINT_VIOLATION,
                    e.details().getFirst().target() + ": "
                            + e.details().getFirst().message());
        }
    }

    /** Revokes a token; noSuchObject (32) where there is none. */
    void delete(DN name) throws LDAPException {
        Environment environment = environment(name).orElseThrow(() -> unknown(name));
        String id = name.getRDN().getAttributeValues()[0];
        if (!isTokenName(name) || !Texts.isUuid(id) || !tokens.revoke(environment, new TokenId(UUID.fromString(id)))) {
            throw unknown(name);
        }
    }

    private static void checkName(Environment environment, DN name, Entry entry, NewToken token) throws LDAPException {
        TokenId id = TokenId.of(environment.id(), token.serialNumber());
        boolean isNamed =
                isTokenName(name) && name.getRDN().getAttributeValues()[0].equalsIgnoreCase(id.toString());
        String identifier = entry.getAttributeValue(Schema.TOKEN_IDENTIFIER);
        if (!isNamed || (identifier != null && !identifier.equalsIgnoreCase(id.toString()))) {
            throw new LDAPException(
                    ResultCode.NAMING_VIOLATION,
                    "A token is named by its serial number: this one is " + Schema.TOKEN_IDENTIFIER + "=" + id + ","
                            + environment.tokens());
        }
        String commonName = entry.getAttributeValue(Schema.CN);
        if (commonName != null
                && !commonName.strip().equalsIgnoreCase(token.serialNumber().value())) {
            throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, "The cn of a token is its serial number.");
        }
    }

    private static boolean isTokenName(DN name) {
        return name.getRDN().getAttributeNames().length == 1 && name.getRDN().hasAttribute(Schema.TOKEN_IDENTIFIER);
    }

    private Optional<Environment> environment(DN name) {
        return environments.of(name).filter(environment -> environment.tokens().equals(name.getParent()));
    }

    private static LDAPException unknown(DN name) {
        return new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no token " + name + ".");
    }
}
