package org.oathbound.ldap.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environments;
import org.oathbound.http.InFlight;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.Persons;

/** Opens interfaces for LDAP clients. */
@ApplicationScoped
public class LdapRequestHandlerFactory {

    private final Directory directory;
    private final CorporateDirectories corporate;
    private final Audit audit;
    private final PersonWrites people;
    private final TokenWrites tokens;
    private final Binds binds;
    private final CodeComparison codes;
    private final ExtendedRequests extended;

    @Inject
    LdapRequestHandlerFactory(
            Directory directory,
            Environments environments,
            Persons persons,
            CorporateDirectories corporate,
            Audit audit,
            TokenWrites tokens,
            Binds binds,
            CodeComparison codes,
            ExtendedRequests extended) {
        this.directory = directory;
        this.corporate = corporate;
        this.audit = audit;
        this.people = new PersonWrites(directory, environments, persons);
        this.tokens = tokens;
        this.binds = binds;
        this.codes = codes;
        this.extended = extended;
    }

    /** One for the listeners that are opened and closed together. */
    public LdapRequestHandler open() {
        return new LdapRequestHandler(
                directory,
                people,
                directory.backend(),
                new Searches(directory, corporate),
                new InFlight(),
                new LdapAudit(audit, directory, null),
                new StartTls(null),
                new ConnectionProgress(null),
                tokens,
                binds,
                codes,
                extended);
    }
}
