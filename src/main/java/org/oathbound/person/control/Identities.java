package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Directory.Order;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Username;

/** The entries directly below {@code ou=People} that are ours; an LDAP administrator may have others there, and rename ours. */
@ApplicationScoped
class Identities {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);

    private final Directory directory;

    @Inject
    Identities(Directory directory) {
        this.directory = directory;
    }

    /** The identity where the enrolment says that it is, and there only. */
    Optional<ReadOnlyEntry> at(Enrolment enrolment) {
        return directory
                .read(enrolment.identity())
                .filter(entry ->
                        PersonEntry.isOurs(entry) && PersonEntry.id(entry).equals(enrolment.person()));
    }

    /** The identity of a person, wherever it is; looks at everybody when it is not where the enrolment says. */
    Optional<ReadOnlyEntry> of(Environment environment, Enrolment enrolment) {
        return at(enrolment)
                .or(() -> directory
                        .page(environment.people(), PersonEntry.isOf(enrolment.person()), null, 1, Order.ASCENDING)
                        .entries()
                        .stream()
                        .findFirst());
    }

    /** The identity of that name, directly below {@code ou=People}. */
    Optional<ReadOnlyEntry> named(Environment environment, DN name) {
        return environment.people().equals(name.getParent())
                ? directory.read(name).filter(PersonEntry::isOurs)
                : Optional.empty();
    }

    /** Some, in the order of their names, behind that name. */
    Directory.Page page(Environment environment, Filter filter, @Nullable String after, int limit) {
        return directory.page(environment.people(), filter, after, limit, Order.ASCENDING);
    }

    /** Whether somebody else has this user name, of ours or not. */
    boolean isTaken(Environment environment, Username username, UUID person) {
        return directory
                .read(PersonEntry.dn(environment, username))
                .filter(entry ->
                        !PersonEntry.isOurs(entry) || !PersonEntry.id(entry).equals(person))
                .isPresent();
    }

    /** False when the user name is taken. */
    boolean add(Entry entry) {
        return directory.add(entry);
    }

    /** False when the user name is taken, or the identity is no longer under that name. */
    boolean rename(UUID person, DN from, DN to) {
        return directory.rename(from, to, PersonEntry.isOf(person));
    }

    /** Removes an identity, and what LDAP has put below it. False when it is no longer under that name. */
    boolean delete(UUID person, DN name) {
        deleteBelow(name);
        return directory.delete(name, PersonEntry.isOf(person));
    }

    /** Under which name each person stands. */
    Map<UUID, DN> all(Environment environment) {
        return below(environment.people(), PersonEntry.OURS)
                .collect(Collectors.toMap(PersonEntry::id, PersonEntry::dn, (one, other) -> other));
    }

    private void deleteBelow(DN name) {
        below(name, ANY).forEach(entry -> {
            deleteBelow(PersonEntry.dn(entry));
            directory.delete(PersonEntry.dn(entry));
        });
    }

    private Stream<ReadOnlyEntry> below(DN name, Filter filter) {
        return directory.page(name, filter, null, Integer.MAX_VALUE, Order.ASCENDING).entries().stream();
    }
}
