package org.oathbound.it;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.CompareRequest;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches for the entries of one container, such as {@code ou=Tokens}, whose attribute begins so. */
final class Entries {

    private static final int PAGE = 500;

    private Entries() {}

    /** All in one answer, which shows the container at one moment. */
    static List<SearchResultEntry> search(LDAPConnection ldap, String container, String attribute, String beginning)
            throws LDAPException {
        return ldap.search(request(container, attribute, beginning)).getSearchEntries();
    }

    /** Page by page (RFC 2696), for more than fit into one answer. */
    static List<SearchResultEntry> searchPaged(
            LDAPConnection ldap, String container, String attribute, String beginning) throws LDAPException {
        List<SearchResultEntry> entries = new ArrayList<>();
        ASN1OctetString cookie = null;
        do {
            SearchRequest request = request(container, attribute, beginning);
            request.addControl(new SimplePagedResultsControl(PAGE, cookie));
            SearchResult page = ldap.search(request);
            entries.addAll(page.getSearchEntries());
            cookie = cookie(SimplePagedResultsControl.get(page));
        } while (cookie != null);
        return entries;
    }

    /** Compares with the value that was asked for last, and notes what that says of the present one. */
    static void compare(LDAPConnection ldap, String dn, String attribute, Ledger ledger, String name)
            throws LDAPException {
        int earliest = ledger.earliest(name).getOrDefault(name, 0);
        String latest = ledger.latest(name);
        // The empty text is no value of the syntax.
        String asserted = latest.equals(Ledger.ABSENT) ? "none" : latest;
        ResultCode code = compare(ldap, new CompareRequest(dn, attribute, asserted));
        ledger.shown(name, value -> code.equals(outcome(asserted, value)), earliest, code.getName());
    }

    private static ResultCode compare(LDAPConnection ldap, CompareRequest request) throws LDAPException {
        try {
            return ldap.compare(request).getResultCode();
        } catch (LDAPException e) {
            if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                return e.getResultCode();
            }
            throw e;
        }
    }

    private static ResultCode outcome(String asserted, String value) {
        if (value.equals(Ledger.ABSENT)) {
            return ResultCode.NO_SUCH_OBJECT;
        }
        return value.equals(asserted) ? ResultCode.COMPARE_TRUE : ResultCode.COMPARE_FALSE;
    }

    static String dn(String rdn, String container) {
        return rdn + "," + container + "," + Oathbound.SUFFIX;
    }

    private static @Nullable ASN1OctetString cookie(@Nullable SimplePagedResultsControl page) {
        return page != null && page.moreResultsToReturn() ? page.getCookie() : null;
    }

    private static SearchRequest request(String container, String attribute, String beginning) {
        return new SearchRequest(
                container + "," + Oathbound.SUFFIX,
                SearchScope.ONE,
                Filter.createSubInitialFilter(attribute, beginning),
                "*");
    }
}
