package org.oathbound.ldap.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.oathbound.audit.Audit;
import org.oathbound.directory.Directory;
import org.oathbound.http.InFlight;

/** Opens interfaces for LDAP clients. */
@ApplicationScoped
public class LdapRequestHandlerFactory {

    private final Directory directory;
    private final Audit audit;
    private final LdapRequestHandler.Operations operations;

    @Inject
    LdapRequestHandlerFactory(
            Directory directory,
            Audit audit,
            Searches searches,
            PersonWrites people,
            TokenWrites tokens,
            Binds binds,
            CodeComparison codes,
            ExtendedRequests extended) {
        this.directory = directory;
        this.audit = audit;
        this.operations = new LdapRequestHandler.Operations(searches, people, tokens, binds, codes, extended);
    }

    /** A handler for the listeners that are opened and closed together. */
    public LdapRequestHandler open() {
        LdapSession none = new LdapSession(new InFlight(), new LdapAudit(audit, directory, null), null);
        return new LdapRequestHandler(operations, none);
    }
}
