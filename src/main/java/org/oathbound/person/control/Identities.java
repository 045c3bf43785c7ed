package org.oathbound.person.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Problem;

/** The entries directly below {@code ou=People} that are ours; an LDAP administrator may have others there, and rename ours. */
@ApplicationScoped
class Identities {

    private final Directory directory;
    private final Listing listing;

    @Inject
    Identities(Directory directory, Listing listing) {
        this.directory = directory;
        this.listing = listing;
    }

    /** The identity where the enrolment says that it is, and there only. */
    Optional<ReadOnlyEntry> at(Enrolment enrolment) {
        return directory
                .read(enrolment.identity())
                .filter(entry ->
                        PersonEntry.isOurs(entry) && PersonEntry.id(entry).equals(enrolment.person()));
    }

    /** The identity of a person, wherever it is; reads all identities when it is not where the enrolment says. */
    Optional<ReadOnlyEntry> of(Environment environment, Enrolment enrolment) {
        return at(enrolment).or(() -> byId(environment, enrolment.person()));
    }

    /**
     * The same, of a person who goes: where no identity has the person's id, the one that stands where the enrolment says
     * and whose id can't be read.
     */
    Optional<ReadOnlyEntry> ofRemoved(Environment environment, Enrolment enrolment) {
        try {
            return of(environment, enrolment);
        } catch (Problem.Corrupt e) {
            return byId(environment, enrolment.person()).or(() -> directory.read(enrolment.identity()));
        }
    }

    private Optional<ReadOnlyEntry> byId(Environment environment, UUID person) {
        return listing.page(environment.people(), PersonEntry.isOf(person), null, 1, Order.ASCENDING).entries().stream()
                .findFirst();
    }

    /** The identity of that name, directly below {@code ou=People}. */
    Optional<ReadOnlyEntry> named(Environment environment, DN name) {
        return environment.people().equals(name.getParent())
                ? directory.read(name).filter(PersonEntry::isOurs)
                : Optional.empty();
    }

    /** Some, in the order of their names, behind that name. */
    Listing.Entries page(Environment environment, Filter filter, @Nullable String after, int limit) {
        return listing.page(environment.people(), filter, after, limit, Order.ASCENDING);
    }

    /** Whether another person has this user name, here or in the corporate directory. */
    boolean isTaken(Environment environment, Username username, UUID person) {
        return directory
                .read(PersonEntry.dn(environment, username))
                .filter(entry -> !PersonEntry.isOurs(entry)
                        || !person.toString().equalsIgnoreCase(entry.getAttributeValue(Schema.ID)))
                .isPresent();
    }

    /** False when the user name is taken. */
    boolean add(Entry entry) {
        return directory.add(entry);
    }

    /** False when the user name is taken, or the identity is no longer under that name. */
    boolean rename(UUID person, DN from, DN to) {
        return directory
                .read(from)
                .filter(seen -> PersonEntry.hasId(seen, person.toString()))
                .filter(seen -> directory.renameIfUnchanged(seen, to))
                .isPresent();
    }

    /** Removes an identity, and what LDAP has put below it. False when it is no longer under that name. */
    boolean delete(UUID person, DN name) {
        deleteBelow(name);
        return directory.deleteIf(name, seen -> PersonEntry.hasId(seen, person.toString()));
    }

    /** Removes the identity if it still has that id, whatever it is, and what LDAP has put below it. */
    boolean delete(ReadOnlyEntry identity) {
        DN name = Directory.nameOf(identity);
        deleteBelow(name);
        String id = identity.getAttributeValue(Schema.ID);
        return directory.deleteIf(name, seen -> PersonEntry.hasId(seen, id));
    }

    /** All that are ours, whether their ids can be read or not. */
    List<ReadOnlyEntry> all(Environment environment) {
        return below(environment.people(), PersonEntry.OURS).toList();
    }

    private void deleteBelow(DN name) {
        below(name, Attributes.ANY).forEach(entry -> {
            deleteBelow(Directory.nameOf(entry));
            directory.delete(Directory.nameOf(entry));
        });
    }

    private Stream<ReadOnlyEntry> below(DN name, Filter filter) {
        return listing.page(name, filter, null, Integer.MAX_VALUE, Order.ASCENDING).entries().stream();
    }
}
