package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Schema;
import org.oathbound.person.entity.Username;

/** Selects the people who meet every condition that was added; without a condition, all people. */
public final class PersonQuery {

    private final List<Filter> conditions = new ArrayList<>(List.of(PersonEntry.OURS));
    private final Map<String, String> parts = new LinkedHashMap<>();
    private boolean isForPartsAlone = true;
    private @Nullable Username username;
    private @Nullable UUID id;

    public PersonQuery usernameIs(Username wanted) {
        isForPartsAlone = false;
        username = wanted;
        conditions.add(Filter.createEqualityFilter(Schema.UID, wanted.value()));
        return this;
    }

    /** Compares the beginning as user names are compared. */
    public PersonQuery usernameBeginsWith(Username start) {
        isForPartsAlone = false;
        conditions.add(Filter.createSubInitialFilter(Schema.UID, start.value()));
        return this;
    }

    /** Without regard to case. */
    public PersonQuery emailIs(String wanted) {
        isForPartsAlone = false;
        conditions.add(Filter.createEqualityFilter(Schema.MAIL, wanted));
        return this;
    }

    /** A part of the user name, without regard to case. */
    public PersonQuery usernameContains(String part) {
        return contains(Schema.UID, part);
    }

    /** A part of the e-mail address, without regard to case. */
    public PersonQuery emailContains(String part) {
        return contains(Schema.MAIL, part);
    }

    /** A part of the given name, without regard to case. */
    public PersonQuery givenNameContains(String part) {
        return contains(Schema.GIVEN_NAME, part);
    }

    /** A part of the family name, without regard to case. */
    public PersonQuery familyNameContains(String part) {
        return contains(Schema.SN, part);
    }

    public PersonQuery idIs(UUID wanted) {
        isForPartsAlone = false;
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

    /**
     * The conditions for a directory of other people; empty where they are not all for parts: only those who look for somebody at a
     * counter look there, and all others get a list of ours.
     */
    Optional<Filter> elsewhere(String usernameAttribute) {
        return isForPartsAlone && !parts.isEmpty()
                ? Optional.of(Filter.createANDFilter(parts.entrySet().stream()
                        .map(part -> Filter.createSubAnyFilter(
                                part.getKey().equals(Schema.UID) ? usernameAttribute : part.getKey(), part.getValue()))
                        .toList()))
                : Optional.empty();
    }

    private PersonQuery contains(String attribute, String part) {
        conditions.add(Filter.createSubAnyFilter(attribute, part));
        isForPartsAlone &= parts.put(attribute, part) == null;
        return this;
    }

    boolean matches(Entry entry) {
        try {
            return filter().matchesEntry(entry);
        } catch (LDAPException e) {
            throw new IllegalStateException("A filter of our own can't be evaluated", e);
        }
    }
}
