package org.oathbound.ldap.boundary;

import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Directory.Order;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Persons;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/**
 * Deletes and renames below {@code ou=People}. Where the entry is a user's, the person goes or follows before the client
 * has its answer: nobody signs on who is deleted.
 */
final class PersonWrites {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);

    private final Directory directory;
    private final Environments environments;
    private final Persons persons;

    PersonWrites(Directory directory, Environments environments, Persons persons) {
        this.directory = directory;
        this.environments = environments;
        this.persons = persons;
    }

    LDAPMessage delete(int id, DeleteRequestProtocolOp request, LDAPListenerRequestHandler store) throws LDAPException {
        DN name = NormalizedNames.dn(request.getDN());
        Optional<User> user = user(name);
        if (user.isPresent()) {
            if (!directory.page(name, ANY, null, 1, Order.ASCENDING).entries().isEmpty()) {
                throw new LDAPException(ResultCode.NOT_ALLOWED_ON_NONLEAF, "There are entries below " + name + ".");
            }
            if (isDeleted(user.get())) {
                return new LDAPMessage(id, new DeleteResponseProtocolOp(0, null, null, null));
            }
        }
        return store.processDeleteRequest(id, request, List.of());
    }

    LDAPMessage rename(int id, ModifyDNRequestProtocolOp request, LDAPListenerRequestHandler store)
            throws LDAPException {
        Optional<User> user = user(NormalizedNames.dn(request.getDN()));
        DN name = NormalizedNames.renamed(request);
        LDAPMessage answer = store.processModifyDNRequest(id, request, List.of());
        if (answer.getModifyDNResponseProtocolOp().getResultCode() == ResultCode.SUCCESS_INT_VALUE) {
            user.ifPresent(renamed -> persons.follow(renamed.environment(), renamed.id(), name));
        }
        return answer;
    }

    /** False for an entry that nobody is enrolled by any more. */
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
