package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AbandonRequestProtocolOp;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.AddResponseProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareResponseProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNResponseProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.oathbound.audit.Action;
import org.oathbound.ldap.boundary.AuthorizationState.Anonymous;

/**
 * Stands between LDAP clients and the store, one for each connection: decides which requests a client may send, and
 * what may leave.
 */
public final class LdapRequestHandler extends LDAPListenerRequestHandler {

    private static final System.Logger LOG = System.getLogger(LdapRequestHandler.class.getName());

    private final Operations operations;
    private final LdapSession session;

    /** The operations that all connections share. */
    record Operations(
            Searches searches,
            PersonWrites people,
            TokenWrites tokens,
            Binds binds,
            CodeComparison codes,
            ExtendedRequests extended) {}

    LdapRequestHandler(Operations operations, LdapSession session) {
        this.operations = operations;
        this.session = session;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection connection) {
        connection.setUncaughtExceptionHandler((thread, error) -> hangUp(connection, error));
        return new LdapRequestHandler(operations, session.of(connection));
    }

    /** The SDK would leave the socket open when reading a request fills the stack, as a filter of 10,000 levels does. */
    private static void hangUp(LDAPListenerClientConnection connection, Throwable error) {
        LOG.log(System.Logger.Level.WARNING, "An LDAP client is cut off: {0}", error.getClass());
        try {
            connection.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Was closed already", e);
        }
    }

    /** Refuses requests from now on, on every connection, and waits for those that have begun; false if too long. */
    public boolean close(Duration atMost) {
        return session.close(atMost);
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        boolean isWithinLimit = operations.binds.isWithinLimit(session.address());
        String name = isWithinLimit ? request.getBindDN() : ""; // nothing of what is too much is looked at
        return session.answer(id, Action.LDAP_BIND, name, BindResponseProtocolOp::new, () -> {
            session.become(new Anonymous()); // whatever comes of it, RFC 4511 section 4.2.1
            requireWithinLimit(isWithinLimit);
            Controls.check(controls);
            session.become(operations.binds.bind(request));
            return done(id, ResultCode.SUCCESS, BindResponseProtocolOp::new);
        });
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        return session.answer(id, Action.LDAP_REFUSED, request.getBaseDN(), SearchResultDoneProtocolOp::new, () -> {
            SearchAnswer.Found found = operations.searches.search(request, controls, rights(), session);
            for (Entry entry : found.entries()) {
                session.send(id, entry);
            }
            int code = found.code().intValue();
            return new LDAPMessage(
                    id, new SearchResultDoneProtocolOp(code, null, found.message(), null), found.controls());
        });
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        return session.answer(id, Action.LDAP_REFUSED, request.getDN(), CompareResponseProtocolOp::new, () -> {
            Controls.check(controls);
            ResultCode result = CodeComparison.isMeant(request.getAttributeName())
                    ? judged(request)
                    : operations.searches.compare(request, rights());
            return done(id, result, CompareResponseProtocolOp::new);
        });
    }

    private ResultCode judged(CompareRequestProtocolOp request) throws LDAPException {
        DN name = NormalizedNames.dn(request.getDN());
        String code = request.getAssertionValue().stringValue();
        return operations.codes.isRight(rights(), name, code) ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE;
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        return write(id, Action.LDAP_ADD, request.getDN(), controls, AddResponseProtocolOp::new, () -> {
            DN name = NormalizedNames.dn(request.getDN());
            if (operations.tokens.areMeant(name)) {
                operations.tokens.add(name, request);
            } else {
                operations.people.add(name, request);
            }
        });
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        return write(id, Action.LDAP_MODIFY, request.getDN(), controls, ModifyResponseProtocolOp::new, () -> {
            operations.people.modify(request);
        });
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        return write(id, Action.LDAP_RENAME, request.getDN(), controls, ModifyDNResponseProtocolOp::new, () -> {
            operations.people.rename(request);
        });
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        return write(id, Action.LDAP_DELETE, request.getDN(), controls, DeleteResponseProtocolOp::new, () -> {
            DN name = NormalizedNames.dn(request.getDN());
            if (operations.tokens.areMeant(name)) {
                operations.tokens.delete(name);
            } else {
                operations.people.delete(name);
            }
        });
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        String oid = request.getOID();
        boolean isWithinLimit = !ExtendedRequests.isGuess(oid) || operations.binds.isWithinLimit(session.address());
        return session.answer(id, ExtendedRequests.action(oid), "", ExtendedResponseProtocolOp::new, () -> {
            requireWithinLimit(isWithinLimit);
            Controls.check(controls);
            if (oid.equals(StartTls.OID)) {
                LDAPMessage answer = session.startTls().begin(id, request);
                session.become(new Anonymous()); // an attacker in between may have sent the bind before
                return answer;
            }
            ExtendedRequests.Answer answer = operations.extended.answer(rights(), request);
            return new LDAPMessage(
                    id, new ExtendedResponseProtocolOp(0, null, null, null, answer.oid(), answer.value()));
        });
    }

    @Override
    public void processAbandonRequest(int id, AbandonRequestProtocolOp request, List<Control> controls) {
        session.abandon();
    }

    private CurrentAuthorization rights() {
        return operations.binds.rights(session.client());
    }

    private void requireWithinLimit(boolean isWithinLimit) throws LDAPException {
        if (!isWithinLimit) {
            session.slowDown();
            throw new LDAPException(ResultCode.BUSY, "There are more requests than the limit allows; try again later.");
        }
    }

    private static LDAPMessage done(int id, ResultCode code, Function<LDAPResult, ? extends ProtocolOp> response) {
        return new LDAPMessage(id, response.apply(new LDAPResult(id, code)));
    }

    private LDAPMessage write(
            int id,
            Action action,
            String name,
            List<Control> controls,
            Function<LDAPResult, ? extends ProtocolOp> response,
            Write write) {
        return session.answer(id, action, name, response, () -> {
            rights().requireAdministrator();
            Controls.check(controls);
            write.perform();
            return done(id, ResultCode.SUCCESS, response);
        });
    }

    private interface Write {
        void perform() throws LDAPException;
    }
}
