package org.oathbound.directoryapi.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.access.control.Applications;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.PersonSession;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.entity.Presented;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;

/** Lets people and applications in by what they type. {@link Problem.Unavailable} from each method when there is no verdict. */
@ApplicationScoped
public class Sessions {

    private final Environments environments;
    private final Accounts accounts;
    private final SignIn signIn;
    private final Applications applications;
    private final RoleHolders holders;

    @Inject
    public Sessions(
            Environments environments,
            Accounts accounts,
            SignIn signIn,
            Applications applications,
            RoleHolders holders) {
        this.environments = environments;
        this.accounts = accounts;
        this.signIn = signIn;
        this.applications = applications;
        this.holders = holders;
    }

    /**
     * Who that is, by HTTP's own scheme (RFC 7617).
     *
     * @param name a user name or client id of the default environment, or the DN of a person's or an application's entry
     * @param secret a password, a password and the code behind it, or an application's secret
     */
    public Optional<Caller> caller(String name, String secret) {
        Optional<DN> dn =
                Optional.of(name).filter(text -> text.indexOf('=') > 0).flatMap(Sessions::dn);
        Environment environment = dn.flatMap(environments::of).orElseGet(accounts::usual);
        Optional<UUID> client = Fields.isUuid(name)
                ? Optional.of(UUID.fromString(name))
                : dn.flatMap(entry -> application(environment, entry));
        if (client.isPresent()) {
            return applications
                    .authenticate(environment, client.get(), secret)
                    .map(application -> Caller.application(environment, application));
        }
        Account account = dn.map(accounts::at).orElseGet(() -> accounts.named(name));
        return signIn(account, new Presented.Joined(secret)).map(session -> caller(account.environment(), session));
    }

    /** A person who is let in by that. */
    public Optional<PersonSession> signIn(Account account, Presented presented) {
        return signIn.signIn(account.environment(), account.person(), presented)
                .map(in -> new PersonSession(in.person().id(), in.withCode()));
    }

    /** Whoever has that session, with his roles. */
    public Caller caller(Environment environment, PersonSession session) {
        return Caller.person(environment, session, holders.of(environment, session.person()));
    }

    private static Optional<UUID> application(Environment environment, DN entry) {
        boolean isApplication = environment.applications().equals(entry.getParent())
                && entry.getRDN().getAttributeNames().length == 1
                && entry.getRDN().hasAttribute(Schema.ID);
        return Optional.of(entry)
                .filter(name -> isApplication)
                .map(name -> name.getRDN().getAttributeValues()[0])
                .filter(Fields::isUuid)
                .map(UUID::fromString);
    }

    private static Optional<DN> dn(String text) {
        try {
            return Optional.of(new DN(text, Ldif.schema()));
        } catch (LDAPException e) {
            return Optional.empty();
        }
    }
}
