package org.oathbound.directory;

import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.matchingrules.MatchingRule;
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
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFAddChangeRecord;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFDeleteChangeRecord;
import com.unboundid.ldif.LDIFModifyChangeRecord;
import com.unboundid.ldif.LDIFModifyDNChangeRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Journal.Mark;

/**
 * The embedded directory in the words of LDAP, for the LDAP interface. Knows no callers: bind and extended operations are
 * refused. Controls of writes are ignored, but for critical ones, which no write here obeys.
 */
final class Backend extends LDAPListenerRequestHandler {

    private static final String NOT_HERE = "Not an operation of the store.";

    private final Store store;
    private final @Nullable LDAPListenerClientConnection connection;

    Backend(Store store) {
        this(store, null);
    }

    private Backend(Store store, @Nullable LDAPListenerClientConnection connection) {
        this.store = store;
        this.connection = connection;
    }

    @Override
    public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection connection) {
        return new Backend(store, connection);
    }

    @Override
    public LDAPMessage processSearchRequest(int messageId, SearchRequestProtocolOp request, List<Control> controls) {
        if (connection == null) {
            throw new IllegalStateException("Searches belong to a connection: use newInstance.");
        }
        return new Search(store, connection, messageId, request).answer(controls);
    }

    @Override
    public LDAPMessage processCompareRequest(int messageId, CompareRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(messageId, new CompareResponseProtocolOp(store.settled(() -> compare(request))));
    }

    private LDAPResult compare(CompareRequestProtocolOp request) {
        try {
            String name = request.getAttributeName();
            Entry entry = store.entry(new DN(request.getDN(), store.schema())).orElse(null);
            if (entry == null) {
                return result(ResultCode.NO_SUCH_OBJECT, "There is no such entry.");
            }
            if (!entry.hasAttribute(name)) {
                return result(ResultCode.NO_SUCH_ATTRIBUTE, "The entry has no such attribute.");
            }
            byte[] value = request.getAssertionValue().getValue();
            MatchingRule rule = MatchingRule.selectEqualityMatchingRule(name, store.schema());
            boolean equal = entry.hasAttributeValue(name, value, rule);
            return result(equal ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE, null);
        } catch (LDAPException e) {
            return e.toLDAPResult();
        }
    }

    @Override
    public LDAPMessage processAddRequest(int messageId, AddRequestProtocolOp request, List<Control> controls) {
        LDAPResult result = anyCritical(controls)
                ? criticalRefused()
                : write(new LDIFAddChangeRecord(new Entry(request.getDN(), request.getAttributes())));
        return new LDAPMessage(messageId, new AddResponseProtocolOp(result));
    }

    @Override
    public LDAPMessage processModifyRequest(int messageId, ModifyRequestProtocolOp request, List<Control> controls) {
        LDAPResult result = anyCritical(controls)
                ? criticalRefused()
                : write(new LDIFModifyChangeRecord(request.getDN(), request.getModifications()));
        return new LDAPMessage(messageId, new ModifyResponseProtocolOp(result));
    }

    @Override
    public LDAPMessage processModifyDNRequest(
            int messageId, ModifyDNRequestProtocolOp request, List<Control> controls) {
        LDAPResult result = anyCritical(controls)
                ? criticalRefused()
                : write(new LDIFModifyDNChangeRecord(
                        request.getDN(), request.getNewRDN(), request.deleteOldRDN(), request.getNewSuperiorDN()));
        return new LDAPMessage(messageId, new ModifyDNResponseProtocolOp(result));
    }

    @Override
    public LDAPMessage processDeleteRequest(int messageId, DeleteRequestProtocolOp request, List<Control> controls) {
        LDAPResult result =
                anyCritical(controls) ? criticalRefused() : write(new LDIFDeleteChangeRecord(request.getDN()));
        return new LDAPMessage(messageId, new DeleteResponseProtocolOp(result));
    }

    @Override
    public LDAPMessage processBindRequest(int messageId, BindRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(
                messageId,
                new BindResponseProtocolOp(ResultCode.UNWILLING_TO_PERFORM_INT_VALUE, null, NOT_HERE, null, null));
    }

    @Override
    public LDAPMessage processExtendedRequest(
            int messageId, ExtendedRequestProtocolOp request, List<Control> controls) {
        return new LDAPMessage(
                messageId,
                new ExtendedResponseProtocolOp(
                        ResultCode.UNWILLING_TO_PERFORM_INT_VALUE, null, NOT_HERE, null, null, null));
    }

    private LDAPResult write(LDIFChangeRecord change) {
        int failures = store.failures();
        LDAPResult notDurable = result(ResultCode.UNAVAILABLE, "The change could not be made durable.");
        try {
            Mark mark =
                    change instanceof LDIFModifyChangeRecord modify ? store.modify(modify) : store.write(change, null);
            return mark.await() ? result(ResultCode.SUCCESS, null) : notDurable;
        } catch (LDAPException e) {
            store.settled(() -> true); // a refusal tells of what is there, too, and it must not have been taken back
            return store.failures() == failures ? e.toLDAPResult() : notDurable;
        }
    }

    private static boolean anyCritical(List<Control> controls) {
        return controls.stream().anyMatch(Control::isCritical);
    }

    private static LDAPResult criticalRefused() {
        return result(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "No control is obeyed here.");
    }

    private static LDAPResult result(ResultCode code, @Nullable String message) {
        return new LDAPResult(0, code, message, null, List.of(), List.of());
    }
}
