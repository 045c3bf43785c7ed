package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.AuditContext;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Who may have TOTP shared secrets made and ended, and codes judged: by his password a person may have secrets made and
 * ended, and whoever has a secret may end it; so may whoever is {@linkplain Entitlement entitled} to.
 */
@ApplicationScoped
public class SharedSecrets {

    private final FindAccount accounts;
    private final Entitlement entitlement;
    private final TotpSharedSecrets secrets;
    private final SignIn signIn;

    @Inject
    SharedSecrets(FindAccount accounts, Entitlement entitlement, TotpSharedSecrets secrets, SignIn signIn) {
        this.accounts = accounts;
        this.entitlement = entitlement;
        this.secrets = secrets;
        this.signIn = signIn;
    }

    /**
     * Makes a secret.
     *
     * @param password the person's; null when it is who asks that may
     * @throws Problem.Unauthenticated for a wrong password or nobody of that name
     * @throws Problem.Forbidden when he may not, and the password alone is not enough
     * @throws Problem.NotFound when there is nobody of that name, for whoever may know
     * @throws Problem.RequestFailed when the person has as many devices as he may, or the environment pairs no apps
     */
    public SharedSecret generate(Requester requester, Account account, @Nullable String password) {
        Environment environment = account.environment();
        FoundPerson person = person(requester, account, password, Permission.CREATE_DEVICE);
        boolean spoken = requester.is(environment, person.id())
                ? requester.withCode()
                : entitlement.mayFor(requester, environment, person, Permission.CREATE_DEVICE);
        return secrets.generate(environment, person.id(), !spoken);
    }

    /**
     * Ends secrets.
     *
     * @param password the person's; null when it is who asks that may, or the secret itself speaks for whoever has it
     * @param secret which of them; null for all that are an app's
     * @throws Problem as {@link #generate}; when the person has no such secret {@link Problem.RequestFailed} for whoever is
     *     entitled, else {@link Problem.Unauthenticated}, as for nobody of that name
     */
    public void revoke(Requester requester, Account account, @Nullable String password, @Nullable SharedSecret secret) {
        Environment environment = account.environment();
        boolean bySecret =
                password == null && secret != null && !entitlement.has(requester, account, Permission.DELETE_DEVICE);
        FoundPerson person = bySecret
                ? account.person().orElseThrow(SharedSecrets::wrong)
                : person(requester, account, password, Permission.DELETE_DEVICE);
        if (secret == null) {
            secrets.revokeAll(environment, person.id());
        } else if (!secrets.revoke(environment, person.id(), secret)) {
            throw bySecret || password != null
                    ? wrong()
                    : new Problem.RequestFailed(
                            new Detail(DetailCode.INVALID_VALUE, "totpSharedSecret", "The user has no such secret."));
        }
    }

    /**
     * Judges a code, without any password: for the person himself, and for whoever may check codes. Nobody of that name costs
     * what a wrong code does.
     *
     * @return whether it is right
     * @throws Problem.Forbidden when who asks may not
     */
    public boolean validate(Requester requester, Account account, String code) {
        Environment environment = account.environment();
        boolean himself = account.person()
                .filter(person -> requester.is(environment, person.id()))
                .isPresent();
        if (!himself && !requester.may(Permission.AUTHENTICATE_DEVICE, environment)) {
            throw new Problem.Forbidden("None of the caller's roles permits this.");
        }
        return signIn.validate(environment, account.person(), code);
    }

    /** Whom it is about, once it is known that the password is right or that who asks may. */
    private FoundPerson person(Requester requester, Account account, @Nullable String password, Permission permission) {
        if (password == null) {
            return entitlement.person(requester, account, permission);
        }
        FoundPerson person = accounts.byPassword(account, password).orElseThrow(SharedSecrets::wrong);
        if (requester instanceof Anonymous) {
            AuditContext.become(AuditContext.current().by("person:" + person.id()));
        }
        return person;
    }

    private static Problem.Unauthenticated wrong() {
        return new Problem.Unauthenticated("Name, password or secret is wrong.");
    }
}
