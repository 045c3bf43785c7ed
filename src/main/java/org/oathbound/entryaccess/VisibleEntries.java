package org.oathbound.entryaccess;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.EntrySorter;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SortKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.FilterMatch;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.IndexedAttributes;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Problem;

/**
 * The directory as a caller sees it, at every interface that shows entries. What the caller may not see does not exist
 * for them, and a filter is matched only against what the caller is shown: it tells nothing of the rest.
 */
@ApplicationScoped
public class VisibleEntries {

    private static final int LOOKED_AT_AT_ONCE = 500;
    private static final int MOST_SORTED = 10_000;

    private final Directory directory;
    private final Listing listing;
    private final EntryView view;
    private final Enrolments enrolments;

    @Inject
    public VisibleEntries(Directory directory, Listing listing, EntryView view, Enrolments enrolments) {
        this.directory = directory;
        this.listing = listing;
        this.view = view;
        this.enrolments = enrolments;
    }

    /** An entry, or {@link Problem.NotFound}. */
    public Entry read(Requester caller, DN name) {
        return find(caller, name).orElseThrow(() -> unknown(name));
    }

    /** The caller's own entry; {@link Problem.NotFound} for a caller who has none, or may not see it. */
    public Entry own(RequestPrincipal caller) {
        return ownName(caller)
                .flatMap(name -> find(new Authenticated(caller), name))
                .orElseThrow(() -> new Problem.NotFound("The caller has no entry."));
    }

    /**
     * Some of the entries that were searched for.
     *
     * @param more whether there are further ones behind the last of these
     */
    public record Shown(List<Entry> entries, boolean more) {

        /** Some of these in an order of the client's (RFC 2891): those that stand in it behind an entry, if there is one. */
        public Shown sorted(List<SortKey> keys, @Nullable Entry after, int limit) {
            EntrySorter order = new EntrySorter(false, Ldif.schema(), keys);
            List<Entry> behind = entries.stream()
                    .filter(entry -> after == null || order.compare(entry, after) > 0)
                    .sorted(order)
                    .toList();
            return new Shown(behind.subList(0, Math.min(limit, behind.size())), more || behind.size() > limit);
        }
    }

    /**
     * Searches from an entry on down, in the order of the tree (as {@link Listing#search}). From above {@code ou=Environments}
     * it does not look below that.
     *
     * @param after only entries behind this name; null for the first page
     * @throws Problem.NotFound when the caller may not search from there, or there is no such entry
     * @throws Problem.Forbidden when the filter asks about an attribute that is never shown
     */
    public Shown search(Requester caller, DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        HiddenAttributes.refuse(filter);
        DN from = directory
                .read(base)
                .filter(entry -> view.maySearch(caller, entry))
                .map(Directory::nameOf)
                .orElseThrow(() -> unknown(base));
        return caller instanceof Authenticated(RequestPrincipal person) && !person.mayReadAny()
                ? ownAlone(person, from, scope, filter, after)
                : throughTree(caller, from, scope, filter, after, limit);
    }

    /**
     * The same in an order of the client's (RFC 2891); empty when more than {@value #MOST_SORTED} entries match.
     *
     * @param after only entries that stand in the order behind this one: its name, and its values of the attributes to sort by.
     *     It need not exist.
     */
    public Optional<Shown> sorted(
            Requester caller,
            DN base,
            SearchScope scope,
            Filter filter,
            List<SortKey> keys,
            @Nullable Entry after,
            int limit) {
        keys.forEach(key -> HiddenAttributes.refuse(key.getAttributeName()));
        return Optional.of(search(caller, base, scope, filter, null, MOST_SORTED))
                .filter(all -> !all.more())
                .map(all -> all.sorted(keys, after, limit));
    }

    private Shown throughTree(
            Requester caller, DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        List<Entry> found = new ArrayList<>();
        FilterMatch match = FilterMatch.of(filter);
        // What is indexed is shown as it is stored.
        Filter candidates = IndexedAttributes.impliedBy(filter).orElse(Attributes.ANY);
        DN environments = new DN(Environment.PARENT, directory.suffix());
        boolean isBelowEnvironments = base.isDescendantOf(environments, true);
        DN behind = after;
        Listing.Entries page;
        do {
            page = listing.search(base, scope, candidates, behind, LOOKED_AT_AT_ONCE);
            for (ReadOnlyEntry entry : page.entries()) {
                behind = Directory.nameOf(entry);
                if (!isBelowEnvironments && behind.isDescendantOf(environments, false)) {
                    continue;
                }
                Optional<Entry> shown = view.ofCaller(caller, entry).filter(match::matches);
                if (shown.isPresent() && found.size() == limit) {
                    return new Shown(found, true);
                }
                shown.ifPresent(found::add);
            }
        } while (page.more());
        return new Shown(found, false);
    }

    /** For a caller who may see only their own entry, the other entries are not searched. */
    private Shown ownAlone(RequestPrincipal caller, DN base, SearchScope scope, Filter filter, @Nullable DN after) {
        List<Entry> found = ownName(caller)
                .filter(own -> after == null && isIn(own, base, scope))
                .flatMap(own -> find(new Authenticated(caller), own))
                .filter(FilterMatch.of(filter)::matches)
                .stream()
                .toList();
        return new Shown(found, false);
    }

    private Optional<Entry> find(Requester caller, DN name) {
        return directory.read(name).flatMap(entry -> view.ofCaller(caller, entry));
    }

    private Optional<DN> ownName(RequestPrincipal caller) {
        if (caller.person().isEmpty()) {
            String id = caller.application().toString();
            return Optional.of(
                    new DN(new RDN(Schema.ID, id), caller.environment().applications()));
        }
        return enrolments.find(caller.environment(), caller.person().get()).map(Enrolment::identity);
    }

    private static boolean isIn(DN name, DN base, SearchScope scope) {
        try {
            return name.matchesBaseAndScope(base, scope);
        } catch (LDAPException e) {
            throw new IllegalStateException("No scope of RFC 4511: " + scope, e);
        }
    }

    private static Problem.NotFound unknown(DN name) {
        return new Problem.NotFound("There is no entry " + name + ".");
    }
}
