package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.application.entity.Permission;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/**
 * Entries by their names, ours and those of a corporate directory: there a caller who may read people sees every
 * person, and a person sees their own entry.
 */
@ApplicationScoped
public class SingleEntries {

    private final VisibleEntries ours;
    private final CorporateDirectories corporate;
    private final Persons persons;

    @Inject
    public SingleEntries(VisibleEntries ours, CorporateDirectories corporate, Persons persons) {
        this.ours = ours;
        this.corporate = corporate;
        this.persons = persons;
    }

    /** The caller's own, or {@link Problem.NotFound}. */
    Entry own(RequestPrincipal caller) {
        return nameElsewhere(caller)
                .flatMap(name -> corporate.entry(caller.environment(), name))
                .orElseGet(() -> ours.own(caller));
    }

    /** {@link Problem.NotFound} where there is no entry, or the caller may not see it. */
    Entry read(RequestPrincipal caller, DN name) {
        if (!corporate.have(name)) {
            return ours.read(new Authenticated(caller), name);
        }
        boolean maySee = caller.may(Permission.READ_USER)
                || nameElsewhere(caller).filter(name::equals).isPresent();
        return Optional.of(name)
                .filter(wanted -> maySee)
                .flatMap(wanted -> corporate.entry(caller.environment(), wanted))
                .orElseThrow(() -> new Problem.NotFound("There is no entry " + name + "."));
    }

    private Optional<DN> nameElsewhere(RequestPrincipal caller) {
        return caller.person()
                .flatMap(person -> persons.find(caller.environment(), person))
                .map(Person::identity)
                .filter(corporate::have);
    }
}
