package org.oathbound.ldap.boundary;

import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.Directory;
import org.oathbound.directory.EntryWrites;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.StringPreparation;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Persons;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * What the administrator writes below {@code ou=People}, as {@link WriteRules} allow it. Where the entry is a user's,
 * the person is deleted or follows before the client has its answer: from then on a deleted person can't sign on.
 */
@ApplicationScoped
class PersonWrites {

    private final Directory directory;
    private final Listing listing;
    private final EntryWrites writes;
    private final WriteRules rules;
    private final Environments environments;
    private final Persons persons;
    private final Clock clock;

    @Inject
    PersonWrites(Directory directory, Listing listing, Environments environments, Persons persons, Clock clock) {
        this.directory = directory;
        this.listing = listing;
        this.writes = new EntryWrites(directory);
        this.rules = new WriteRules(directory.suffix());
        this.environments = environments;
        this.persons = persons;
        this.clock = clock;
    }

    /** In the Unicode form in which user names are kept: from then on both forms lead to it. */
    void add(DN name, AddRequestProtocolOp request) throws LDAPException {
        rules.checkAdd(name, request.getAttributes());
        DN prepared = prepared(name);
        Entry entry = new Entry(prepared, request.getAttributes());
        if (!prepared.equals(name)) {
            for (int i = 0; i < name.getRDN().getAttributeNames().length; i++) {
                entry.removeAttributeValue(
                        name.getRDN().getAttributeNames()[i], name.getRDN().getAttributeValues()[i]);
            }
        }
        writes.add(prepared, entry);
    }

    void modify(ModifyRequestProtocolOp request) throws LDAPException {
        DN name = NormalizedNames.dn(request.getDN());
        rules.checkModify(name, request.getModifications());
        modify(name, request.getModifications());
    }

    /** Where the entry is a user's, it says when. */
    private void modify(DN name, List<Modification> modifications) {
        List<Modification> all = new ArrayList<>(modifications);
        if (directory
                .read(name)
                .filter(entry -> entry.hasObjectClass(Schema.OATHBOUND_PERSON))
                .isPresent()) {
            String now = GeneralizedTime.of(GeneralizedTime.now(clock));
            all.add(new Modification(ModificationType.REPLACE, Schema.UPDATED_AT, now));
        }
        writes.modify(name, all);
    }

    void delete(DN name) throws LDAPException {
        rules.checkPerson(name);
        Optional<User> user = user(name);
        if (user.isPresent()
                && !listing.page(name, Attributes.ANY, null, 1, Order.ASCENDING)
                        .entries()
                        .isEmpty()) {
            throw new LDAPException(ResultCode.NOT_ALLOWED_ON_NONLEAF, "There are entries below " + name + ".");
        }
        if (user.isEmpty() || !isDeleted(user.get())) {
            writes.delete(name);
        }
    }

    void rename(ModifyDNRequestProtocolOp request) throws LDAPException {
        DN to = prepared(NormalizedNames.renamed(request));
        DN from = NormalizedNames.dn(request.getDN());
        rules.checkRename(from, to);
        Optional<User> user = user(from);
        writes.rename(from, to, request.deleteOldRDN());
        user.ifPresent(renamed -> {
            persons.follow(renamed.environment(), renamed.id(), to);
            modify(to, List.of());
        });
    }

    private static DN prepared(DN name) {
        return new DN(StringPreparation.prepared(name.getRDN()), name.getParent());
    }

    /** False for an entry that no enrolment belongs to any more. */
    private boolean isDeleted(User user) {
        try {
            persons.delete(user.environment(), user.id());
            return true;
        } catch (Problem.NotFound e) {
            return false;
        }
    }

    private Optional<User> user(DN name) {
        return directory
                .read(name)
                .filter(entry -> entry.hasObjectClass(Schema.OATHBOUND_PERSON))
                .map(entry -> entry.getAttributeValue(Schema.ID))
                .filter(Texts::isUuid) // of one that can't be read the entry goes, and the sweep takes the rest
                .map(UUID::fromString)
                .flatMap(id -> NormalizedNames.peopleAbove(name, directory.suffix())
                        .flatMap(people -> environments.on(people.getParent()))
                        .map(environment -> new User(environment, id)));
    }

    private record User(Environment environment, UUID id) {}
}
