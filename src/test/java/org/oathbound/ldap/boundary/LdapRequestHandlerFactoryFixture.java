package org.oathbound.ldap.boundary;

import java.time.Clock;
import java.util.Map;
import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.audit.Audit;
import org.oathbound.authentication.control.FindAccountFixture;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.entryaccess.EntryView;
import org.oathbound.entryaccess.VisibleEntries;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.password.QuickHash;
import org.oathbound.person.control.Persons;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.sealing.Seals;

/** The beans of the LDAP interface as the container would wire them. */
public final class LdapRequestHandlerFactoryFixture {

    private LdapRequestHandlerFactoryFixture() {}

    public static LdapRequestHandlerFactory interfaces(
            WholeDirectory directory,
            Environments environments,
            Persons persons,
            Seals seals,
            Clock clock,
            Audit audit,
            AddressLimit limit) {
        return interfaces(directory, environments, persons, seals, clock, audit, limit, Map.of());
    }

    /** With a corporate directory. */
    static LdapRequestHandlerFactory interfaces(
            WholeDirectory directory,
            Environments environments,
            Persons persons,
            Seals seals,
            Clock clock,
            Audit audit,
            AddressLimit limit,
            Map<String, String> corporate) {
        DevicesFixture parts = new DevicesFixture(directory, seals, clock);
        QuickHash hash = new QuickHash();
        Applications applications = new Applications(directory, directory, hash, clock);
        FindAccountFixture all = new FindAccountFixture(directory, environments, applications, parts);
        AuthorizationIdentities subjects = new AuthorizationIdentities(all.accounts);
        return new LdapRequestHandlerFactory(
                directory,
                audit,
                new Searches(
                        new PublicEntries(directory, limit, clock),
                        new VisibleEntries(
                                directory, directory, new EntryView(environments, parts.enrolments), parts.enrolments),
                        PersonsFixture.corporate(directory, corporate)),
                new PersonWrites(directory, directory, environments, persons, clock),
                new TokenWrites(environments, parts.settings, parts.tokens),
                new Binds(
                        directory,
                        environments,
                        applications,
                        new RoleHolders(directory),
                        subjects,
                        all.sessions,
                        hash,
                        limit,
                        clock),
                new CodeComparison(environments, parts.verification),
                new ExtendedRequests(subjects, all.secrets, all.passwordChange));
    }
}
