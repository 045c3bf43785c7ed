package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.directory.RefusedChange;
import org.oathbound.entryaccess.ResultCodes;
import org.oathbound.http.InFlight;
import org.oathbound.ldap.TimedSocket;
import org.oathbound.ldap.boundary.AuthorizationState.Anonymous;
import org.oathbound.problem.Problem;

/**
 * The LDAP session of one connection (RFC 4511 section 3): who its client is, and what goes with each of the client's
 * requests.
 */
final class LdapSession {

    private static final System.Logger LOG = System.getLogger(LdapSession.class.getName());

    /** A refused client waits for so long for its answer. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** So many, and the connection ends. */
    private static final int REFUSALS = 20;

    private final InFlight inFlight;
    private final LdapAudit lines;
    private final @Nullable LDAPListenerClientConnection connection;
    private final @Nullable TimedSocket socket; // knows when an answer begins, and whether the client has bound
    private final StartTls startTls;
    private AuthorizationState client = new Anonymous();
    private int refusals;

    /** @param connection null for one that only begins those of connections */
    LdapSession(InFlight inFlight, LdapAudit lines, @Nullable LDAPListenerClientConnection connection) {
        this.inFlight = inFlight;
        this.lines = lines;
        this.connection = connection;
        this.socket = connection != null && connection.getSocket() instanceof TimedSocket timed ? timed : null;
        this.startTls = new StartTls(connection);
    }

    /** The one of another connection. */
    LdapSession of(LDAPListenerClientConnection other) {
        return new LdapSession(inFlight, lines.of(other), other);
    }

    /** Refuses requests from now on, in every session, and waits for those that have begun; false if too long. */
    boolean close(Duration atMost) {
        return inFlight.awaitEnd(atMost);
    }

    AuthorizationState client() {
        return client;
    }

    void become(AuthorizationState other) {
        client = other;
    }

    StartTls startTls() {
        return startTls;
    }

    void send(int id, Entry entry) throws LDAPException {
        Objects.requireNonNull(connection, "a search comes by a connection").sendSearchResultEntry(id, entry);
    }

    String address() {
        return lines.address();
    }

    /** Nothing is under way that could be abandoned: one thread serves a client, and has answered what came before. */
    void abandon() {
        answering();
    }

    /**
     * Lets a client wait that asks more often than its address may, and cuts it off when it goes on. A refusal costs so little that
     * one that sends without reading could ask for enough of them to use up the processors.
     */
    void slowDown() {
        refusals++;
        try {
            if (refusals >= REFUSALS && connection != null) {
                connection.close();
            } else {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Was closed already", e);
        }
    }

    private void answering() {
        if (socket != null) {
            socket.answering();
        }
    }

    /** Answers when the audit has its line, and never otherwise. */
    LDAPMessage answer(
            int id, Action action, String name, Function<LDAPResult, ? extends ProtocolOp> response, Work work) {
        answering();
        Scope scope = lines.context(client, id).enter();
        try {
            lines.require(action);
            boolean isBind = action == Action.LDAP_BIND;
            String object = isBind || action == Action.LDAP_REFUSED ? null : lines.object(name);
            LDAPMessage answer = answer(id, response, work);
            boolean isKnown = AuditContext.current().object() != null; // a bind has found the person that it names
            lines.record(action, isBind && !isKnown ? lines.object(name) : object, answer, client);
            return answer;
        } catch (Problem.Unavailable e) {
            client = action == Action.LDAP_BIND ? new Anonymous() : client;
            LDAPException failure = new LDAPException(ResultCode.UNAVAILABLE, "The audit can't be written; try again.");
            return new LDAPMessage(id, response.apply(failure.toLDAPResult()));
        } finally {
            if (socket != null) {
                socket.bound(!(client instanceof Anonymous));
            }
            scope.close();
        }
    }

    /** Turns every failure into a result: what the SDK would send for an exception may quote the request. */
    private LDAPMessage answer(int id, Function<LDAPResult, ? extends ProtocolOp> response, Work work) {
        LDAPException failure;
        if (!inFlight.begin()) {
            failure = new LDAPException(ResultCode.UNAVAILABLE, "The service is stopping.");
            return new LDAPMessage(id, response.apply(failure.toLDAPResult()));
        }
        try {
            return work.answer();
        } catch (LDAPException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = failure(e);
        } finally {
            inFlight.end();
        }
        return new LDAPMessage(id, response.apply(failure.toLDAPResult()));
    }

    private static LDAPException failure(RuntimeException thrown) {
        ResultCode code = thrown instanceof Problem problem ? ResultCodes.of(problem) : ResultCode.OTHER;
        if (thrown instanceof RefusedChange refused) {
            return refused.refusal();
        } else if (thrown instanceof Problem.Unavailable) {
            return new LDAPException(code, "There is no answer now; try again.");
        } else if (thrown instanceof Problem problem && !code.equals(ResultCode.OTHER)) {
            return new LDAPException(
                    code,
                    problem.details().isEmpty()
                            ? problem.getMessage()
                            : problem.details().getFirst().message());
        }
        LOG.log(System.Logger.Level.ERROR, "An LDAP request failed", thrown);
        return new LDAPException(code, "The request failed; the server's log says why.");
    }

    /** Answers one request, or says by an LDAPException why not. */
    interface Work {
        LDAPMessage answer() throws LDAPException;
    }
}
