package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.oathbound.audit.AuditContext;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Problem;

/** Finds the people that requests name: by their entry, or by an authorization identity (RFC 4513 section 5.2.1.8). */
@ApplicationScoped
class Subjects {

    private static final String BY_NAME = "dn:";
    private static final String BY_USERNAME = "u:";

    private final Environments environments;
    private final Persons persons;

    @Inject
    Subjects(Environments environments, Persons persons) {
        this.environments = environments;
        this.persons = persons;
    }

    /**
     * Whom a request is about.
     *
     * @param person empty where there is nobody of that name; who asks is not told so where it would cost less
     */
    record Subject(Environment environment, Optional<Person> person) {

        /** @throws LDAPException with noSuchObject (32) */
        Person get() throws LDAPException {
            return person.orElseThrow(() -> new LDAPException(ResultCode.NO_SUCH_OBJECT, "There is no such person."));
        }
    }

    /** Whoever has an entry of that name; the audit's line says so. */
    Subject at(DN name) {
        Environment environment = persons.environmentOf(name).orElseGet(this::byDefault);
        return heard(new Subject(environment, persons.at(environment, name)));
    }

    /**
     * The same by {@code dn:} and a name, or {@code u:} and a user name of the default environment.
     *
     * @throws LDAPException for anything else: invalidDNSyntax (34), protocolError (2)
     */
    Subject named(String authorizationId) throws LDAPException {
        String kind = authorizationId.toLowerCase(Locale.ROOT);
        if (kind.startsWith(BY_NAME)) {
            return at(Names.dn(authorizationId.substring(BY_NAME.length())));
        } else if (kind.startsWith(BY_USERNAME)) {
            Environment environment = byDefault();
            return heard(new Subject(
                    environment, persons.named(environment, authorizationId.substring(BY_USERNAME.length()))));
        }
        throw new LDAPException(
                ResultCode.PROTOCOL_ERROR, "An identity begins with dn: or u: (RFC 4513 section 5.2.1.8).");
    }

    private Environment byDefault() {
        return environments
                .defaultEnvironment()
                .orElseThrow(() -> new Problem.Corrupt("There is no default environment."));
    }

    private static Subject heard(Subject subject) {
        subject.person()
                .ifPresent(person -> AuditContext.become(AuditContext.current().about(person.id(), person.id())));
        return subject;
    }
}
