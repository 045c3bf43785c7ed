package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.Requires.From;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.Audited;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.http.JsonBody;
import org.oathbound.http.MediaTypes;

/** Entries of the directory: read, and searched for. */
@Path("/directory/v1")
@CrossSiteFilter.NoOtherSite
@Produces(MediaTypes.JSON)
@ApplicationScoped
public class EntriesResource {

    private final VisibleEntries entries;
    private final SingleEntries single;
    private final EntryDocuments documents;

    @Inject
    public EntriesResource(VisibleEntries entries, SingleEntries single, EntryDocuments documents) {
        this.entries = entries;
        this.single = single;
        this.documents = documents;
    }

    /** Where a caller can begin. */
    @GET
    @Requires(
            value = {},
            from = From.ANY)
    public Map<String, Object> start(@Context SecurityContext security) {
        Map<String, Object> start = new LinkedHashMap<>();
        start.put(
                "publicBaseDNs",
                List.of(RequestPrincipals.required(security)
                        .environment()
                        .base()
                        .toString()));
        start.put("_links", Map.of("self", documents.self()));
        return start;
    }

    @GET
    @Path("/me")
    @Requires(
            value = {},
            from = From.ANY)
    public Map<String, Object> me(
            @Context SecurityContext security,
            @QueryParam("includeAttributes") @Nullable String include,
            @QueryParam("excludeAttributes") @Nullable String exclude) {
        return documents.of(single.own(RequestPrincipals.required(security)), Selection.of(include, exclude));
    }

    @GET
    @Path("/{dn}")
    @Requires(
            value = {},
            from = From.ANY)
    public Map<String, Object> read(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @QueryParam("includeAttributes") @Nullable String include,
            @QueryParam("excludeAttributes") @Nullable String exclude) {
        Selection selection = Selection.of(include, exclude);
        return documents.of(single.read(RequestPrincipals.required(security), EntryNames.in(uri)), selection);
    }

    @GET
    @Path("/{dn}/subtree")
    @Requires(
            value = {},
            from = From.ANY)
    public Map<String, Object> search(
            @Context UriInfo uri,
            @Context SecurityContext security,
            @QueryParam("searchScope") @Nullable String scope,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("includeAttributes") @Nullable String include,
            @QueryParam("excludeAttributes") @Nullable String exclude,
            @QueryParam("cursor") @Nullable String cursor) {
        SearchQuery query = SearchQuery.of(scope, filter, limit, Selection.of(include, exclude), cursor);
        VisibleEntries.Shown page = found(uri, security, query);
        return documents.page(page, query, behind(page, query));
    }

    /** The same, for filters that are too long for a URL. */
    @POST
    @Path("/{dn}/subtree/search")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(
            value = {},
            from = From.ANY)
    @Audited(Action.DIRECTORY_SEARCH)
    public Map<String, Object> search(@Context UriInfo uri, @Context SecurityContext security, InputStream body) {
        SearchDocument document = new SearchDocument(RequestControls.checked(JsonBody.read(body)));
        SearchQuery query = document.query();
        VisibleEntries.Shown page = found(uri, security, query);
        return documents.page(page, query, document, behind(page, query));
    }

    private VisibleEntries.Shown found(UriInfo uri, SecurityContext security, SearchQuery query) {
        RequestPrincipal caller = RequestPrincipals.required(security);
        AuditContext.become(AuditContext.current().in(caller.environment().id()));
        DN base = EntryNames.in(uri);
        Cursor cursor = query.cursor();
        return entries.search(
                new Authenticated(caller), base, cursor.scope(), query.filter(), cursor.after(), query.limit());
    }

    private static @Nullable String behind(VisibleEntries.Shown page, SearchQuery query) {
        List<Entry> found = page.entries();
        return page.more() ? query.cursor().behind(found.getLast().getDN()) : null;
    }
}
