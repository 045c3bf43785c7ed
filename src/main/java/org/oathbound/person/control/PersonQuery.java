package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Schema;
import org.oathbound.person.entity.Username;

/** Selects the people who meet every condition that was added; without a condition, all people. */
public final class PersonQuery {

    private final List<Filter> conditions = new ArrayList<>(List.of(PersonEntry.OURS));
    private @Nullable Username username;
    private @Nullable UUID id;

    public PersonQuery usernameIs(Username wanted) {
        username = wanted;
        conditions.add(Filter.createEqualityFilter(Schema.UID, wanted.value()));
        return this;
    }

    /** Compares the beginning as user names are compared. */
    public PersonQuery usernameBeginsWith(Username start) {
        conditions.add(Filter.createSubInitialFilter(Schema.UID, start.value()));
        return this;
    }

    /** Without regard to case. */
    public PersonQuery emailIs(String wanted) {
        conditions.add(Filter.createEqualityFilter(Schema.MAIL, wanted));
        return this;
    }

    public PersonQuery idIs(UUID wanted) {
        id = wanted;
        conditions.add(Filter.createEqualityFilter(Schema.ID, wanted.toString()));
        return this;
    }

    /** The one user name that all conditions leave, if there is one: it leads to the entry without a search. */
    @Nullable
    Username username() {
        return username;
    }

    /** The one id that all conditions leave, if there is one. */
    @Nullable
    UUID id() {
        return id;
    }

    Filter filter() {
        return Filter.createANDFilter(conditions);
    }

    boolean matches(Entry entry) {
        try {
            return filter().matchesEntry(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException("A filter of our own can't be evaluated", e);
        }
    }
}
