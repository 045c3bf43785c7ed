package org.oathbound.directoryapi.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.SearchScope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.EntryView;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/** Entries as a caller may see them. What he may not see is not there. */
@ApplicationScoped
public class Entries {

    private static final int LOOKED_AT_ONCE = 1_000;

    private final Directory directory;
    private final EntryView view;
    private final Persons persons;

    @Inject
    public Entries(Directory directory, EntryView view, Persons persons) {
        this.directory = directory;
        this.view = view;
        this.persons = persons;
    }

    /** An entry, or {@link Problem.NotFound}. */
    public Entry read(Caller caller, DN name) {
        return directory
                .read(name)
                .flatMap(entry -> view.ofCaller(caller, entry))
                .orElseThrow(Entries::unknown);
    }

    /** The caller's own entry; {@link Problem.NotFound} for somebody who has none. */
    public Entry own(Caller caller) {
        return read(caller, ownName(caller).orElseThrow(Entries::unknown));
    }

    /**
     * Some of the entries that were searched for.
     *
     * @param more whether there are further ones behind the last of these
     */
    public record Page(List<Entry> entries, boolean more) {}

    /**
     * Searches from an entry on down, in the order of the tree.
     *
     * @param after only entries behind this name; null for the first page
     * @throws Problem.NotFound when the caller may not search from there, or there is no such entry
     */
    public Page search(Caller caller, DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        if (directory.read(base).filter(entry -> view.maySearch(caller, entry)).isEmpty()) {
            throw unknown();
        }
        return caller.mayReadAny()
                ? throughTree(caller, base, scope, filter, after, limit)
                : ownAlone(caller, base, scope, filter, after);
    }

    private Page throughTree(Caller caller, DN base, SearchScope scope, Filter filter, @Nullable DN after, int limit) {
        List<Entry> seen = new ArrayList<>();
        DN behind = after;
        while (true) {
            Directory.Page page = directory.search(base, scope, filter, behind, LOOKED_AT_ONCE);
            for (ReadOnlyEntry entry : page.entries()) {
                Optional<Entry> visible = view.ofCaller(caller, entry);
                if (visible.isPresent() && seen.size() == limit) {
                    return new Page(seen, true);
                }
                visible.ifPresent(seen::add);
                behind = name(entry);
            }
            if (!page.more()) {
                return new Page(seen, false);
            }
        }
    }

    /** Who may see nothing but himself does not make anybody look through all there is. */
    private Page ownAlone(Caller caller, DN base, SearchScope scope, Filter filter, @Nullable DN after) {
        List<Entry> found = ownName(caller).filter(own -> after == null && isIn(own, base, scope)).stream()
                .flatMap(own -> directory.search(own, SearchScope.BASE, filter, null, 1).entries().stream())
                .flatMap(entry -> view.ofCaller(caller, entry).stream())
                .toList();
        return new Page(found, false);
    }

    private Optional<DN> ownName(Caller caller) {
        if (caller.person().isPresent()) {
            return caller.person()
                    .flatMap(id -> persons.find(caller.environment(), id))
                    .map(Person::identity);
        }
        return Optional.of(new DN(
                new RDN(Schema.ID, caller.application().toString()),
                caller.environment().applications()));
    }

    private static boolean isIn(DN name, DN base, SearchScope scope) {
        try {
            return name.matchesBaseAndScope(base, scope);
        } catch (LDAPException e) {
            throw new IllegalStateException("No scope of RFC 4511: " + scope, e);
        }
    }

    private static DN name(ReadOnlyEntry entry) {
        try {
            return entry.getParsedDN();
        } catch (LDAPException e) {
            throw new IllegalStateException("A stored entry has no valid name: " + entry.getDN(), e);
        }
    }

    private static Problem.NotFound unknown() {
        return new Problem.NotFound("There is no such entry.");
    }
}
