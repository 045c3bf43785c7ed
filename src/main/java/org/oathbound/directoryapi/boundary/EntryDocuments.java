package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.http.Link;
import org.oathbound.http.Links;

/** Entries and pages of them as PingDirectory shows them. Only while a request is served. */
@ApplicationScoped
public class EntryDocuments {

    private final Links links;

    @Inject
    public EntryDocuments(Links links) {
        this.links = links;
    }

    Link self() {
        return links.self();
    }

    /** An entry with the attributes that are wanted; its name and its link are always there. */
    Map<String, Object> of(Entry entry, Selection selection) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("_dn", entry.getDN());
        document.put("_links", Map.of("self", links.directory(EntryNames.encoded(entry.getDN()))));
        entry.getAttributes().stream()
                .filter(selection::wants)
                .forEach(attribute -> document.put(AttributeValues.name(attribute), AttributeValues.of(attribute)));
        return document;
    }

    /** @param next the cursor of the page behind this one; null when it is the last */
    Map<String, Object> page(VisibleEntries.Shown page, SearchQuery query, @Nullable String next) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("self", links.self());
        if (next != null) {
            all.put("next", links.next(next));
        }
        return page(page, query, all);
    }

    /** The same for a search by a body: its links say what to send to them. */
    Map<String, Object> page(
            VisibleEntries.Shown page, SearchQuery query, SearchDocument document, @Nullable String next) {
        String href = links.self().href();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("self", Map.of("href", href, "data", document.body()));
        if (next != null) {
            all.put("next", Map.of("href", href, "data", document.next(next)));
        }
        return page(page, query, all);
    }

    private Map<String, Object> page(VisibleEntries.Shown page, SearchQuery query, Map<String, Object> all) {
        List<Map<String, Object>> shown = page.entries().stream()
                .map(entry -> of(entry, query.selection()))
                .toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("_links", all);
        document.put("size", shown.size());
        document.put("_embedded", Map.of("entries", shown));
        return document;
    }
}
