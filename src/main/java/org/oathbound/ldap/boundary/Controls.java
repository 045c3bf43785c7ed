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
import org.jspecify.annotations.Nullable;

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
     * What the controls of a search say.
     *
     * @param sortKeys none where nothing is to be sorted
     * @param mustSort whether an answer that is not sorted is worth nothing
     * @param subentriesAlone whether entries that are no subentries stay away (RFC 3672 section 3)
     */
    record OfSearch(
            @Nullable SimplePagedResultsControl paging,
            List<SortKey> sortKeys,
            boolean mustSort,
            boolean subentriesAlone) {}

    /** @throws LDAPException as {@link #check}, and for a control that can't be read */
    static OfSearch ofSearch(List<Control> controls) throws LDAPException {
        SimplePagedResultsControl paging = null;
        ServerSideSortRequestControl sort = null;
        boolean subentriesAlone = false;
        for (Control control : obeyed(controls, OF_SEARCH)) {
            switch (control.getOID()) {
                case SimplePagedResultsControl.PAGED_RESULTS_OID ->
                    paging = new SimplePagedResultsControl(control.getOID(), control.isCritical(), control.getValue());
                case ServerSideSortRequestControl.SERVER_SIDE_SORT_REQUEST_OID ->
                    sort = new ServerSideSortRequestControl(control);
                case RFC3672SubentriesRequestControl.SUBENTRIES_REQUEST_OID ->
                    subentriesAlone = new RFC3672SubentriesRequestControl(control).returnOnlySubEntries();
                default -> {} // there are no referrals
            }
        }
        List<SortKey> keys = sort == null ? List.of() : List.of(sort.getSortKeys());
        return new OfSearch(paging, keys, sort != null && sort.isCritical(), subentriesAlone);
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
