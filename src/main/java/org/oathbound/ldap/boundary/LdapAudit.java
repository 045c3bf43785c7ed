package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.GenericResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.http.AddressLimit;
import org.oathbound.ldap.boundary.AuthorizationState.Administrator;
import org.oathbound.ldap.boundary.AuthorizationState.Anonymous;
import org.oathbound.ldap.boundary.AuthorizationState.Human;
import org.oathbound.ldap.boundary.AuthorizationState.Program;
import org.oathbound.problem.Problem;

/** Writes the audit lines of one client's requests: binds and writes always, the others when they are refused. */
final class LdapAudit {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String BELOW = "below ";

    /** The results of a bind whose password was looked at, or would have been. */
    private static final Set<ResultCode> JUDGED = Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.UNAVAILABLE);

    private static final Set<ResultCode> REFUSALS = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.UNWILLING_TO_PERFORM,
            ResultCode.BUSY,
            ResultCode.AUTH_METHOD_NOT_SUPPORTED,
            ResultCode.STRONG_AUTH_REQUIRED,
            ResultCode.CONFIDENTIALITY_REQUIRED);

    private final Audit audit;
    private final Directory directory;
    private final @Nullable LDAPListenerClientConnection connection;

    LdapAudit(Audit audit, Directory directory, @Nullable LDAPListenerClientConnection connection) {
        this.audit = audit;
        this.directory = directory;
        this.connection = connection;
    }

    /** Of another client. */
    LdapAudit of(LDAPListenerClientConnection client) {
        return new LdapAudit(audit, directory, client);
    }

    /** Where the client is; empty where that is not known. */
    String address() {
        Socket socket = connection == null ? null : connection.getSocket();
        return socket == null || socket.getInetAddress() == null
                ? ""
                : socket.getInetAddress().getHostAddress();
    }

    /** The client of this request, and its address. */
    AuditContext context(AuthorizationState client, int messageId) {
        long number = connection == null ? 0 : connection.getConnectionID();
        return AuditContext.from(address()).by(actor(client)).correlated("ldap-" + number + "-" + messageId);
    }

    /** A person is named by id only. */
    private static String actor(AuthorizationState client) {
        return switch (client) {
            case Human human -> "person:" + human.id();
            case Program program -> "application:" + program.id();
            case Administrator administrator -> "ldap:" + administrator.name();
            case Anonymous nobody -> AuditContext.ANONYMOUS;
        };
    }

    /** Refuses a change while its audit line could not be written: {@link Problem.Unavailable}. */
    void require(Action action) {
        if (action != Action.LDAP_REFUSED && action != Action.LDAP_BIND && !audit.takesWrites()) {
            throw new Problem.Unavailable("The audit can't be written.", RETRY_AFTER);
        }
    }

    /**
     * Writes the line of a request.
     *
     * @param object as {@link #object} had it before
     */
    void record(Action action, @Nullable String object, LDAPMessage answer, AuthorizationState client) {
        ResultCode code = ResultCode.valueOf(code(answer.getProtocolOp()));
        if (action == Action.LDAP_REFUSED && !REFUSALS.contains(code)) {
            return;
        }
        AuditContext context = AuditContext.current();
        AuditContext.become(context.by(actor(client))); // a bind has changed the client
        AuditEvent event = new AuditEvent(action, outcome(code))
                .object(object == null ? context.object() : object)
                .person(context.person());
        AuditEvent line = code.equals(ResultCode.SUCCESS)
                ? event
                : event.reason(code.getName().toUpperCase(Locale.ROOT).replace(' ', '_'));
        boolean wasJudged = action == Action.LDAP_BIND && JUDGED.contains(code);
        boolean namesSomebody = context.person() != null
                || context.object() != null
                || (wasJudged && object != null && !object.startsWith(BELOW));
        if (client instanceof Anonymous && !namesSomebody) {
            audit.recordAnonymous(line, AddressLimit.networkOf(address()));
        } else {
            audit.record(line);
        }
    }

    private static Outcome outcome(ResultCode code) {
        if (code.equals(ResultCode.SUCCESS)) {
            return Outcome.SUCCESS;
        }
        return REFUSALS.contains(code) ? Outcome.REFUSED : Outcome.FAILURE;
    }

    private static int code(ProtocolOp answer) {
        return switch (answer) {
            case GenericResponseProtocolOp generic -> generic.getResultCode();
            case BindResponseProtocolOp bind -> bind.getResultCode();
            case ExtendedResponseProtocolOp extended -> extended.getResultCode();
            default -> ResultCode.OTHER_INT_VALUE;
        };
    }

    /**
     * The object of a request: a person by id, another entry by its name, a new one by its parent. Null for a name that
     * is none of ours: it may be any text that a client sent.
     */
    @Nullable
    String object(String name) {
        try {
            DN dn = NormalizedNames.dn(name);
            if (dn.isNullDN() || !dn.isDescendantOf(directory.suffix(), true)) {
                return null;
            }
            Optional<ReadOnlyEntry> entry = directory.read(dn);
            Optional<DN> people = NormalizedNames.peopleAbove(dn, directory.suffix());
            if (people.isPresent()) {
                return entry.map(found -> found.getAttributeValue(Schema.ID)).orElse(BELOW + people.get());
            } else if (entry.isPresent()) {
                return dn.toString();
            }
            DN parent = dn.getParent();
            return parent != null && directory.read(parent).isPresent() ? BELOW + parent : null;
        } catch (LDAPException | Problem e) {
            return null;
        }
    }
}
