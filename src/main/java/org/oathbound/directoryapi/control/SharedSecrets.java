package org.oathbound.directoryapi.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.Caller;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.Permission;
import org.oathbound.audit.AuditContext;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Who may make and end TOTP shared secrets: by his password a person may make some and end them; so may whoever may pair and
 * unpair his devices.
 */
@ApplicationScoped
public class SharedSecrets {

    private final Accounts accounts;
    private final TotpSharedSecrets secrets;
    private final RoleHolders holders;

    @Inject
    public SharedSecrets(Accounts accounts, TotpSharedSecrets secrets, RoleHolders holders) {
        this.accounts = accounts;
        this.secrets = secrets;
        this.holders = holders;
    }

    /**
     * Makes a secret.
     *
     * @param caller null for nobody
     * @param password the person's; null when it is the caller who may
     * @throws Problem.Unauthenticated for a wrong password or nobody of that name, and where neither password nor caller is
     * @throws Problem.Forbidden when the caller may not, and the password alone is not enough
     * @throws Problem.NotFound when there is nobody of that name, for a caller who may know
     * @throws Problem.RequestFailed when the person has as many devices as he may, or the environment pairs no apps
     */
    public SharedSecret generate(@Nullable Caller caller, Account account, @Nullable String password) {
        Environment environment = account.environment();
        Person person = person(caller, account, password, Permission.CREATE_DEVICE);
        boolean himself = isHimself(caller, environment, person);
        boolean spoken = himself
                ? caller != null && caller.withCode()
                : maySpeakFor(caller, environment, person, Permission.CREATE_DEVICE);
        return secrets.generate(environment, person.id(), !spoken);
    }

    /**
     * Ends secrets.
     *
     * @param password the person's; null when it is the caller who may, or the secret itself speaks for whoever has it
     * @param secret which of them; null for all that are an app's
     * @throws Problem as {@link #generate}; {@link Problem.RequestFailed} when the person has no such secret
     */
    public void revoke(
            @Nullable Caller caller, Account account, @Nullable String password, @Nullable SharedSecret secret) {
        Environment environment = account.environment();
        boolean bySecret = caller == null && password == null && secret != null;
        Person person = bySecret
                ? account.person().orElseThrow(SharedSecrets::wrong)
                : person(caller, account, password, Permission.DELETE_DEVICE);
        about(environment, person);
        if (secret == null) {
            secrets.revokeAll(environment, person.id());
        } else if (!secrets.revoke(environment, person.id(), secret)) {
            throw bySecret
                    ? wrong()
                    : new Problem.RequestFailed(
                            new Detail(DetailCode.INVALID_VALUE, "totpSharedSecret", "The user has no such secret."));
        }
    }

    /** Whom it is about, once it is known that the password is right or that the caller may ask. */
    private Person person(@Nullable Caller caller, Account account, @Nullable String password, Permission permission) {
        Environment environment = account.environment();
        if (password == null && caller == null) {
            throw new Problem.Unauthenticated("Neither a password nor an access token is there.");
        }
        Person person = password != null
                ? accounts.byPassword(account, password).orElseThrow(SharedSecrets::wrong)
                : byCaller(caller, account, permission);
        if (caller == null) {
            AuditContext.become(AuditContext.current().by("person:" + person.id()));
        }
        about(environment, person);
        return person;
    }

    private Person byCaller(@Nullable Caller caller, Account account, Permission permission) {
        Environment environment = account.environment();
        Optional<Person> himself = account.person().filter(found -> isHimself(caller, environment, found));
        if (himself.isPresent()) {
            return himself.get();
        }
        if (!may(caller, environment, permission)) {
            throw new Problem.Forbidden("None of the caller's roles permits this.");
        }
        Person person = account.person().orElseThrow(() -> new Problem.NotFound("There is no such user."));
        if (!maySpeakFor(caller, environment, person, permission)) {
            throw new Problem.Forbidden("The user holds a role that is above the caller's.");
        }
        return person;
    }

    private boolean maySpeakFor(
            @Nullable Caller caller, Environment environment, Person person, Permission permission) {
        return caller != null
                && may(caller, environment, permission)
                && caller.mayChangeHolderOf(holders.of(environment, person.id()));
    }

    private static boolean may(@Nullable Caller caller, Environment environment, Permission permission) {
        return caller != null && caller.environment().id().equals(environment.id()) && caller.may(permission);
    }

    private static boolean isHimself(@Nullable Caller caller, Environment environment, Person person) {
        return caller != null && caller.environment().id().equals(environment.id()) && caller.is(person.id());
    }

    private static void about(Environment environment, Person person) {
        AuditContext.become(AuditContext.current().in(environment.id()).about(null, person.id()));
    }

    private static Problem.Unauthenticated wrong() {
        return new Problem.Unauthenticated("Name or password is wrong.");
    }
}
