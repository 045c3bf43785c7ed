package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;

/**
 * A corporate directory whose people sign on here. It is only read. Each method throws {@link Problem.Unavailable} when
 * it does not answer as it should: a person counts as absent only when the directory has said so.
 */
final class CorporateDirectory implements AutoCloseable {

    private static final Logger LOG = System.getLogger(CorporateDirectory.class.getName());
    private static final int MAX_SECONDS = 5;

    /** The result codes for a wrong password, or for an account that may not be used. */
    private static final Set<ResultCode> REFUSALS = Set.of(
            ResultCode.INVALID_CREDENTIALS,
            ResultCode.NO_SUCH_OBJECT,
            ResultCode.INAPPROPRIATE_AUTHENTICATION,
            ResultCode.CONSTRAINT_VIOLATION,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
            ResultCode.UNWILLING_TO_PERFORM);

    private final CorporateSettings settings;
    private final CorporateConnections connections;
    private final AtomicBoolean silent = new AtomicBoolean();

    CorporateDirectory(CorporateSettings settings) {
        this.settings = settings;
        this.connections = new CorporateConnections(settings);
    }

    CorporateSettings settings() {
        return settings;
    }

    /** The person with this id. One search. */
    Optional<CorporatePerson> find(UUID id) {
        return one(settings.base(), SearchScope.SUB, CorporatePerson.hasId(settings, id));
    }

    /** The person with this user name, as that directory compares names; empty where two have it. One search. */
    Optional<CorporatePerson> find(Username username) {
        Filter named = Filter.createEqualityFilter(settings.usernameAttribute(), username.value());
        return one(settings.base(), SearchScope.SUB, named);
    }

    /** People who meet a filter, so many at most, in the order of their user names. One search. */
    List<CorporatePerson> matching(Filter filter, int limit) {
        Filter wanted = Filter.createANDFilter(settings.filter(), filter);
        List<Entry> found = new ArrayList<>();
        search(request(settings.base(), SearchScope.SUB, wanted, CorporatePerson.attributes(settings), limit), found);
        return found.stream()
                .flatMap(entry -> person(entry).stream())
                .sorted(Comparator.comparing(
                        person -> person.profile().username().value()))
                .toList();
    }

    /** The person whose entry has this name. */
    Optional<CorporatePerson> at(DN name) {
        return one(name, SearchScope.BASE, Attributes.ANY);
    }

    /**
     * Whether that is the password of an entry, by a bind on a connection that is used for nothing else. It is tried once.
     */
    boolean isPassword(DN name, String password) {
        if (password.isEmpty()) {
            return false; // a bind without a password is anonymous and succeeds (RFC 4513 section 5.1.2)
        }
        try {
            ResultCode result = connections.bind(name, password);
            boolean isRight = result.equals(ResultCode.SUCCESS);
            if (!isRight && !REFUSALS.contains(result)) {
                throw unavailable(result);
            }
            heard();
            return isRight;
        } catch (LDAPException e) {
            throw unavailable(e.getResultCode());
        }
    }

    /**
     * Passes a client's search on; returns at most {@code limit} entries, with the attributes that may be shown.
     *
     * @param attributes empty for all of the users'
     * @throws Problem.Forbidden when the filter asks about another one
     * @throws Problem.NotFound when there is no entry of the base's name
     */
    CorporateEntries search(DN base, SearchScope scope, Filter filter, List<String> attributes, int limit) {
        HiddenAttributes.refuse(filter, attribute -> !settings.shows(attribute));
        List<Entry> found = new ArrayList<>();
        ResultCode result = search(request(base, scope, filter, attributes, limit), found);
        if (result.equals(ResultCode.NO_SUCH_OBJECT)) {
            throw new Problem.NotFound("There is no entry " + base + ".");
        }
        return new CorporateEntries(
                found.stream().map(this::shown).toList(), result.equals(ResultCode.SIZE_LIMIT_EXCEEDED));
    }

    private Entry shown(Entry entry) {
        return new Entry(
                entry.getDN(),
                entry.getAttributes().stream()
                        .filter(attribute -> settings.shows(attribute.getName()))
                        .toList());
    }

    @Override
    public void close() {
        connections.close();
    }

    private Optional<CorporatePerson> one(DN base, SearchScope scope, Filter filter) {
        Filter wanted = Filter.createANDFilter(settings.filter(), filter);
        List<Entry> found = new ArrayList<>();
        ResultCode result = search(request(base, scope, wanted, CorporatePerson.attributes(settings), 2), found);
        boolean more = result.equals(ResultCode.SIZE_LIMIT_EXCEEDED);
        if (found.size() != 1 || more) {
            if (!found.isEmpty()) {
                LOG.log(Level.WARNING, "Two entries of {0} match {1}: it is nobody''s.", settings, filter);
            }
            return Optional.empty();
        }
        return person(found.getFirst());
    }

    private Optional<CorporatePerson> person(Entry entry) {
        try {
            Optional<CorporatePerson> person = CorporatePerson.of(settings, entry);
            if (person.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "The entry {0} has no {1} or no {2} that can be read: nobody can sign on by it.",
                        entry.getDN(),
                        settings.idAttribute(),
                        settings.usernameAttribute());
            }
            return person;
        } catch (LDAPException e) {
            throw unavailable(e.getResultCode());
        }
    }

    private static SearchRequest request(
            DN base, SearchScope scope, Filter filter, List<String> attributes, int limit) {
        SearchRequest request = new SearchRequest(base.toString(), scope, filter, attributes.toArray(String[]::new));
        request.setSizeLimit(limit);
        request.setTimeLimitSeconds(MAX_SECONDS);
        return request;
    }

    /** Success, sizeLimitExceeded or noSuchObject, with what was found. */
    private ResultCode search(SearchRequest request, List<Entry> found) {
        try {
            SearchResult result = connections.search(request);
            found.addAll(result.getSearchEntries());
            heard();
            return ResultCode.SUCCESS;
        } catch (LDAPSearchException e) {
            ResultCode result = e.getResultCode();
            if (result.equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                found.addAll(Optional.ofNullable(e.getSearchEntries()).orElse(List.of()));
            } else if (!result.equals(ResultCode.NO_SUCH_OBJECT)
                    || request.getBaseDN().equals(settings.base().toString())) {
                throw unavailable(result); // without its base it is not the directory that we know
            }
            heard();
            return result;
        }
    }

    private void heard() {
        if (silent.getAndSet(false)) {
            LOG.log(Level.INFO, "It answers again: {0}.", settings);
        }
    }

    /** Told to the log once, until it answers again. */
    private Problem.Unavailable unavailable(@Nullable ResultCode result) {
        if (!silent.getAndSet(true)) {
            LOG.log(Level.ERROR, "People can''t be found: {0} answers {1}.", settings, result);
        }
        return new Problem.Unavailable("The corporate directory does not answer.", CorporateConnections.RETRY_AFTER);
    }
}
