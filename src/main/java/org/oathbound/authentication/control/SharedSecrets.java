package org.oathbound.authentication.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requester;
import org.oathbound.application.control.Requester.Anonymous;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.AuditContext;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.environment.Environment;
import org.oathbound.otp.SharedSecret;
import org.oathbound.password.GuessLimit;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * Who may have TOTP shared secrets made and ended, and codes judged. A person's password permits making and ending
 * secrets, and a secret permits ending itself. A requester who is {@linkplain Entitlement entitled} may make and end
 * secrets, too.
 */
@ApplicationScoped
public class SharedSecrets {

    private final FindAccount accounts;
    private final Entitlement entitlement;
    private final TotpSharedSecrets secrets;
    private final SignIn signIn;
    private final GuessLimit guesses;

    @Inject
    SharedSecrets(
            FindAccount accounts,
            Entitlement entitlement,
            TotpSharedSecrets secrets,
            SignIn signIn,
            GuessLimit guesses) {
        this.accounts = accounts;
        this.entitlement = entitlement;
        this.secrets = secrets;
        this.signIn = signIn;
        this.guesses = guesses;
    }

    /**
     * Makes a secret.
     *
     * @param password the person's; null when the requester's own rights decide
     * @throws Problem.Unauthenticated for a wrong password or an unknown name
     * @throws Problem.Forbidden when the requester is not permitted, or the password alone is not enough
     * @throws Problem.NotFound when no person has that name and the requester is permitted
     * @throws Problem.RequestFailed when the person has the maximum number of devices, or the environment pairs no apps
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
     * @param password the person's; null when the requester's own rights decide, or the secret itself is the proof
     * @param secret the secret to end; null for those of all the person's apps
     * @throws Problem as {@link #generate}; when the person has no such secret {@link Problem.RequestFailed} for a
     *     requester who is entitled, else {@link Problem.Unauthenticated}, as for an unknown name
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
     * Judges a code, without any password: for the person, and for a requester who may check codes. An unknown name
     * costs what a wrong code does.
     *
     * @return whether it is right
     * @throws Problem.Forbidden when the requester is not permitted
     * @throws Problem.Limited after too many wrong attempts
     */
    public boolean validate(Requester requester, Account account, String code) {
        Environment environment = account.environment();
        boolean himself = account.person()
                .filter(person -> requester.is(environment, person.id()))
                .isPresent();
        if (!himself && !requester.may(Permission.AUTHENTICATE_DEVICE, environment)) {
            throw Permission.missing(List.of(Permission.AUTHENTICATE_DEVICE));
        }
        return guesses.counted(
                account.asker(), () -> signIn.validate(environment, account.person(), code), isRight -> isRight);
    }

    /** The account's person, once the password has proved right or the requester is permitted. */
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
