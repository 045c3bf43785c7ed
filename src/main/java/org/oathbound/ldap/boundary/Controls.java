package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import com.unboundid.ldap.sdk.controls.ProxiedAuthorizationV1RequestControl;
import com.unboundid.ldap.sdk.controls.ProxiedAuthorizationV2RequestControl;
import com.unboundid.ldap.sdk.controls.RFC3672SubentriesRequestControl;
import com.unboundid.ldap.sdk.controls.ServerSideSortRequestControl;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import com.unboundid.ldap.sdk.controls.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which controls of a request are obeyed (RFC 4511 section 4.1.11); whatever is not on a list here is not. */
final class Controls {

    /** For searches. There are no referrals and no subentries, so two of these are easily obeyed. */
    static final List<String> OF_SEARCH = List.of(
            SimplePagedResultsControl.PAGED_RESULTS_OID,
            ServerSideSortRequestControl.SERVER_SIDE_SORT_REQUEST_OID,
            ManageDsaITRequestControl.MANAGE_DSA_IT_REQUEST_OID,
            RFC3672SubentriesRequestControl.SUBENTRIES_REQUEST_OID);

    private static final List<String> OF_OTHERS = List.of(ManageDsaITRequestControl.MANAGE_DSA_IT_REQUEST_OID);

    private static final Set<String> PROXIED = Set.of(
            ProxiedAuthorizationV1RequestControl.PROXIED_AUTHORIZATION_V1_REQUEST_OID,
            ProxiedAuthorizationV2RequestControl.PROXIED_AUTHORIZATION_V2_REQUEST_OID);

    private Controls() {}

    /** @throws LDAPException with unavailableCriticalExtension (12) or authorizationDenied (123, RFC 4370) */
    static void check(List<Control> controls) throws LDAPException {
        obeyed(controls, OF_OTHERS);
    }

    /**
     * The controls that go on to the store.
     *
     * @throws LDAPException as {@link #check}; with insufficientAccessRights (50) to sort by a hidden attribute
     */
    static List<Control> ofSearch(List<Control> controls, int maxPage) throws LDAPException {
        List<Control> passed = new ArrayList<>();
        for (Control control : obeyed(controls, OF_SEARCH)) {
            if (control.getOID().equals(SimplePagedResultsControl.PAGED_RESULTS_OID)) {
                var paged = new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue());
                int size = Math.max(0, Math.min(paged.getSize(), maxPage));
                passed.add(new SimplePagedResultsControl(size, paged.getCookie(), control.isCritical()));
            } else {
                passed.add(control);
            }
            if (control.getOID().equals(ServerSideSortRequestControl.SERVER_SIDE_SORT_REQUEST_OID)) {
                for (SortKey key : new ServerSideSortRequestControl(control).getSortKeys()) {
                    HiddenAttributes.refuse(key.getAttributeName());
                }
            }
        }
        return passed;
    }

    private static List<Control> obeyed(List<Control> controls, List<String> known) throws LDAPException {
        List<Control> obeyed = new ArrayList<>();
        for (Control control : controls) {
            // Never dropped in silence: the request would be carried out with the caller's own rights.
            if (PROXIED.contains(control.getOID())) {
                throw new LDAPException(ResultCode.AUTHORIZATION_DENIED, "Nobody may act as somebody else.");
            }
            if (known.contains(control.getOID())) {
                obeyed.add(control);
            } else if (control.isCritical()) {
                throw new LDAPException(
                        ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "Not supported here: control " + control.getOID());
            }
        }
        return obeyed;
    }
}
