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
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.directory.Directory;
import org.oathbound.http.InFlight;
import org.oathbound.ldap.boundary.AuthorizationState.Anonymous;
import org.oathbound.problem.Problem;

/** Stands between LDAP clients and the store, one for each connection: who may ask what, and what may leave. */
public final class LdapRequestHandler extends LDAPListenerRequestHandler {

    private static final System.Logger LOG = System.getLogger(LdapRequestHandler.class.getName());

    private final Directory directory;
    private final WriteRules writeRules;
    private final PersonWrites people;
    private final LDAPListenerRequestHandler store;
    private final Searches searches;
    private final InFlight inFlight;
    private final LdapAudit lines;
    private final StartTls startTls;
    private final ConnectionProgress progress;

    private final TokenWrites tokens;
    private final Binds binds;
    private final CodeComparison codes;
    private final ExtendedRequests extended;
    private AuthorizationState client = new Anonymous();

    LdapRequestHandler(
            Directory directory,
            PersonWrites people,
            LDAPListenerRequestHandler store,
            Searches searches,
            InFlight inFlight,
            LdapAudit lines,
            StartTls startTls,
            ConnectionProgress progress,
            TokenWrites tokens,
            Binds binds,
            CodeComparison codes,
            ExtendedRequests extended) {
        this.directory = directory;
        this.people = people;
        this.writeRules = new WriteRules(directory.suffix());
        this.store = store;
        this.searches = searches;
        this.inFlight = inFlight;
        this.lines = lines;
        this.startTls = startTls;
        this.progress = progress;
        this.tokens = tokens;
        this.binds = binds;
        this.codes = codes;
        this.extended = extended;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection connection) throws LDAPException {
        connection.setUncaughtExceptionHandler((thread, error) -> hangUp(connection, error));
        return new LdapRequestHandler(
                directory,
                people,
                store.newInstance(connection),
                searches.of(connection),
                inFlight,
                lines.of(connection),
                new StartTls(connection),
                new ConnectionProgress(connection),
                tokens,
                binds,
                codes,
                extended);
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
        return inFlight.awaitEnd(atMost);
    }

    @Override
    public void closeInstance() {
        store.closeInstance();
    }

    @Override
    public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
        boolean isWithinLimit = binds.isWithinLimit(lines.address());
        String name = isWithinLimit ? request.getBindDN() : ""; // nothing of what is too much is looked at
        return answer(id, Action.LDAP_BIND, name, BindResponseProtocolOp::new, () -> {
            client = new Anonymous(); // whatever comes of it, RFC 4511 section 4.2.1
            requireWithinLimit(isWithinLimit);
            Controls.check(controls);
            client = binds.bind(request);
            return new LDAPMessage(id, new BindResponseProtocolOp(0, null, null, null, null));
        });
    }

    @Override
    public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
        return answer(
                id,
                Action.LDAP_REFUSED,
                request.getBaseDN(),
                SearchResultDoneProtocolOp::new,
                () -> searches.answer(id, request, controls, store, rights()));
    }

    @Override
    public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
        return answer(id, Action.LDAP_REFUSED, request.getDN(), CompareResponseProtocolOp::new, () -> {
            Controls.check(controls);
            if (CodeComparison.isMeant(request.getAttributeName())) {
                boolean right = codes.isRight(
                        rights(),
                        NormalizedNames.dn(request.getDN()),
                        request.getAssertionValue().stringValue());
                ResultCode result = right ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE;
                return new LDAPMessage(id, new CompareResponseProtocolOp(result.intValue(), null, null, null));
            }
            HiddenAttributes.refuse(request.getAttributeName());
            RequestPrincipal caller = rights().caller();
            if (caller != null) {
                return searches.compare(id, request, caller);
            }
            requireAdministrator();
            searches.requireVisible(NormalizedNames.dn(request.getDN()));
            return store.processCompareRequest(id, request, List.of());
        });
    }

    @Override
    public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
        return answer(id, Action.LDAP_ADD, request.getDN(), AddResponseProtocolOp::new, () -> {
            requireAdministrator();
            Controls.check(controls);
            DN name = NormalizedNames.dn(request.getDN());
            if (tokens.areMeant(name)) {
                tokens.add(name, request);
                return new LDAPMessage(id, new AddResponseProtocolOp(0, null, null, null));
            }
            writeRules.checkAdd(request.getDN(), request.getAttributes());
            return store.processAddRequest(id, request, List.of());
        });
    }

    @Override
    public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
        return answer(id, Action.LDAP_MODIFY, request.getDN(), ModifyResponseProtocolOp::new, () -> {
            requireAdministrator();
            Controls.check(controls);
            writeRules.checkModify(request.getDN(), request.getModifications());
            return store.processModifyRequest(id, request, List.of());
        });
    }

    @Override
    public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
        return answer(id, Action.LDAP_RENAME, request.getDN(), ModifyDNResponseProtocolOp::new, () -> {
            requireAdministrator();
            Controls.check(controls);
            writeRules.checkRename(request);
            return people.rename(id, request, store);
        });
    }

    @Override
    public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
        return answer(id, Action.LDAP_DELETE, request.getDN(), DeleteResponseProtocolOp::new, () -> {
            requireAdministrator();
            Controls.check(controls);
            DN name = NormalizedNames.dn(request.getDN());
            if (tokens.areMeant(name)) {
                tokens.delete(name);
                return new LDAPMessage(id, new DeleteResponseProtocolOp(0, null, null, null));
            }
            writeRules.checkDelete(request.getDN());
            return people.delete(id, request, store);
        });
    }

    @Override
    public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
        String oid = request.getOID();
        boolean isWithinLimit = !ExtendedRequests.isGuess(oid) || binds.isWithinLimit(lines.address());
        return answer(id, ExtendedRequests.action(oid), "", ExtendedResponseProtocolOp::new, () -> {
            requireWithinLimit(isWithinLimit);
            Controls.check(controls);
            if (oid.equals(StartTls.OID)) {
                LDAPMessage answer = startTls.begin(id, request);
                client = new Anonymous(); // whoever bound before may have been somebody in between
                return answer;
            }
            ExtendedRequests.Answer answer = extended.answer(rights(), request);
            return new LDAPMessage(
                    id, new ExtendedResponseProtocolOp(0, null, null, null, answer.oid(), answer.value()));
        });
    }

    /** Nothing is under way that could be abandoned: one thread serves a client, and has answered what came before. */
    @Override
    public void processAbandonRequest(int id, AbandonRequestProtocolOp request, List<Control> controls) {
        progress.begin();
    }

    private CurrentAuthorization rights() {
        return binds.rights(client);
    }

    private static void requireWithinLimit(boolean isWithinLimit) throws LDAPException {
        if (!isWithinLimit) {
            throw new LDAPException(ResultCode.BUSY, "There are more requests than the limit allows; try again later.");
        }
    }

    private void requireAdministrator() throws LDAPException {
        if (!rights().isAdministrator()) {
            throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, "Only the administrator may do this.");
        }
    }

    /** Answers when the audit has its line, and never otherwise. */
    private LDAPMessage answer(
            int id, Action action, String name, Function<LDAPResult, ? extends ProtocolOp> response, Work work) {
        progress.begin();
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
            progress.end(client);
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
        } catch (Problem.Unavailable e) {
            failure = new LDAPException(
                    e.isBusy() ? ResultCode.BUSY : ResultCode.UNAVAILABLE, "There is no answer now; try again.");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "An LDAP request failed", e);
            failure = new LDAPException(ResultCode.OTHER, "The request failed; the server's log says why.");
        } finally {
            inFlight.end();
        }
        return new LDAPMessage(id, response.apply(failure.toLDAPResult()));
    }

    /** Answers one request, or says by an LDAPException why not. */
    private interface Work {
        LDAPMessage answer() throws LDAPException;
    }
}
