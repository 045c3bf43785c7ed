package org.oathbound.entryaccess;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Administrator;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.application.control.Requester.Authenticated;
import org.oathbound.application.entity.Permission;
import org.oathbound.directory.Directory;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Enrolments;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.entity.Pairing;

/**
 * Which entries of the directory a caller may see, and which attributes of each, at every interface that shows entries.
 * A person sees their own entry; a role shows what it permits to read, in its holder's environment; the administrator
 * of LDAP sees every entry. A token that is revoked is shown to no caller.
 */
@ApplicationScoped
public class EntryView {

    /** The names of the people who have a token (RFC 4519 section 2.21); the stored value is the person's id. */
    public static final String OWNER = "owner";

    private static final Set<String> SETTINGS = Set.of(
            HiddenAttributes.canonical(Schema.OATH_SETTINGS),
            HiddenAttributes.canonical(Schema.MFA_SETTINGS),
            HiddenAttributes.canonical(Schema.POLICY));

    private final Environments environments;
    private final Enrolments enrolments;

    @Inject
    public EntryView(Environments environments, Enrolments enrolments) {
        this.environments = environments;
        this.enrolments = enrolments;
    }

    /** What a caller sees of an entry; empty for an anonymous caller. */
    public Optional<Entry> ofCaller(Requester requester, ReadOnlyEntry entry) {
        if (isGone(entry)) {
            return Optional.empty();
        }
        return switch (requester) {
            case Anonymous nobody -> Optional.empty();
            case Administrator administrator -> Optional.of(shown(entry, Set.of()));
            case Authenticated(RequestPrincipal caller)
            when maySee(caller, entry) ->
                Optional.of(shown(entry, caller.may(Permission.READ_SETTINGS) ? Set.of() : SETTINGS));
            case Authenticated another -> Optional.empty();
        };
    }

    /**
     * Whether a caller may look for entries from there on down: where the caller may see something, and in the caller's
     * environment.
     */
    public boolean maySearch(Requester requester, ReadOnlyEntry base) {
        DN name = Directory.nameOf(base);
        boolean atHome = requester instanceof Authenticated(RequestPrincipal caller)
                && (isOwnRoot(caller, name) || containers(caller.environment()).anyMatch(name::equals));
        return atHome || ofCaller(requester, base).isPresent();
    }

    private static boolean maySee(RequestPrincipal caller, ReadOnlyEntry entry) {
        Environment environment = caller.environment();
        DN name = Directory.nameOf(entry);
        if (isBelow(name, environment.people())) {
            return caller.may(Permission.READ_USER) || isHimself(caller, entry, name);
        } else if (isBelow(name, environment.tokens())) {
            return caller.may(Permission.READ_OATH_TOKEN);
        } else if (isBelow(name, environment.devices())) {
            return caller.may(Permission.READ_DEVICE);
        } else if (isBelow(name, environment.applications())) {
            return caller.may(Permission.READ_APPLICATION) || isItself(caller, name);
        }
        boolean structure = isOwnRoot(caller, name) || containers(environment).anyMatch(name::equals);
        return structure && caller.mayReadAny();
    }

    private static boolean isHimself(RequestPrincipal caller, ReadOnlyEntry entry, DN name) {
        return caller.environment().people().equals(name.getParent())
                && entry.hasObjectClass(Schema.OATHBOUND_PERSON)
                && caller.person()
                        .filter(person -> person.toString().equalsIgnoreCase(entry.getAttributeValue(Schema.ID)))
                        .isPresent();
    }

    private static boolean isItself(RequestPrincipal caller, DN name) {
        return caller.getName().startsWith("application:")
                && Applications.idIn(caller.environment(), name)
                        .filter(caller.application()::equals)
                        .isPresent();
    }

    private static boolean isOwnRoot(RequestPrincipal caller, DN name) {
        return caller.environment().base().equals(name);
    }

    /** The containers in which every caller may search. */
    private static Stream<DN> containers(Environment environment) {
        return Stream.of(environment.people(), environment.tokens(), environment.devices(), environment.applications());
    }

    private static boolean isBelow(DN name, DN container) {
        return name.isDescendantOf(container, false);
    }

    /** A token that is revoked, an environment that is deleted: kept, and shown to no caller. */
    private static boolean isGone(Entry entry) {
        return entry.hasAttribute(Schema.REVOKED_AT) || entry.hasAttribute(Schema.CLOSED_AT);
    }

    private Entry shown(ReadOnlyEntry entry, Set<String> withheld) {
        Entry shown = new Entry(
                entry.getDN(),
                entry.getAttributes().stream()
                        .filter(attribute -> !HiddenAttributes.isHidden(attribute.getName()))
                        .filter(attribute -> !withheld.contains(
                                HiddenAttributes.canonical(Attribute.getBaseName(attribute.getName()))))
                        .toList());
        if (entry.hasObjectClass(Schema.OATHBOUND_TOKEN)) {
            List<String> owners = owners(entry);
            if (!owners.isEmpty()) {
                shown.setAttribute(OWNER, owners);
            }
        }
        OperationalAttributes.add(shown, beginning(shown));
        return shown;
    }

    /** What does not say when it was created has been there as long as its environment, but what LDAP clients have added. */
    private Optional<String> beginning(Entry entry) {
        if (entry.hasAttribute(Schema.CREATED_AT)) {
            return Optional.empty();
        }
        DN name = Directory.nameOf(entry);
        return environments
                .of(name)
                .or(environments::defaultEnvironment) // of ou=Environments, which is in none
                .filter(environment -> !isBelow(name, environment.people()))
                .flatMap(environments::createdAt);
    }

    /** The names of the people who have the token; not of a person whose pairing is under way. */
    private List<String> owners(ReadOnlyEntry token) {
        List<Pairing> pairings = Pairings.readable(token);
        Optional<Environment> environment =
                pairings.isEmpty() ? Optional.empty() : environments.of(Directory.nameOf(token));
        return environment.stream()
                .flatMap(found -> pairings.stream().flatMap(pairing -> owner(found, pairing).stream()))
                .toList();
    }

    private Optional<String> owner(Environment environment, Pairing pairing) {
        return new UnreadableEntries()
                .read(() -> enrolments.find(environment, pairing.person()))
                .flatMap(found -> found)
                .filter(enrolment -> enrolment.lists(pairing.device()))
                .map(enrolment -> enrolment.identity().toString());
    }
}
