package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.Permission;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.environment.Environment;
import org.oathbound.ldap.boundary.Subjects.Subject;
import org.oathbound.otp.SharedSecret;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.entity.Person;

/**
 * PingDirectory's extended operations for TOTP shared secrets: who may have one made or taken away, and who may have a code
 * judged.
 */
@ApplicationScoped
class SharedSecretRequests {

    private final Subjects subjects;
    private final TotpSharedSecrets secrets;
    private final Passwords passwords;
    private final SignIn signIn;
    private final RoleHolders holders;

    @Inject
    SharedSecretRequests(
            Subjects subjects, TotpSharedSecrets secrets, Passwords passwords, SignIn signIn, RoleHolders holders) {
        this.subjects = subjects;
        this.secrets = secrets;
        this.passwords = passwords;
        this.signIn = signIn;
        this.holders = holders;
    }

    /**
     * Makes a secret for a person: himself, by his password or a session; or for another, by whoever may pair devices.
     *
     * @param authenticationId whom it is for; null for the client himself
     * @param password null when the session is to speak for itself
     */
    SharedSecret generate(Rights rights, @Nullable String authenticationId, @Nullable String password)
            throws LDAPException {
        Subject subject = subject(rights, authenticationId);
        Person person = authenticated(rights, subject, password, Permission.CREATE_DEVICE);
        boolean self = rights.isOf(subject.environment(), person.id());
        boolean spoken = self ? rights.withCode() : rights.may(Permission.CREATE_DEVICE, subject.environment());
        return secrets.generate(subject.environment(), person.id(), !spoken);
    }

    /**
     * Takes a secret from a person, or all of them.
     *
     * @param secret which proves itself that it may be; null for all
     */
    void revoke(Rights rights, @Nullable String authenticationId, @Nullable String password, @Nullable String secret)
            throws LDAPException {
        Subject subject = subject(rights, authenticationId);
        if (secret == null) {
            Person person = authenticated(rights, subject, password, Permission.DELETE_DEVICE);
            secrets.revokeAll(subject.environment(), person.id());
            return;
        }
        if (password != null) {
            authenticated(rights, subject, password, Permission.DELETE_DEVICE);
        }
        Optional<SharedSecret> meant = TotpSharedSecrets.parse(secret);
        Person person = subject.person().orElseThrow(SharedSecretRequests::wrong);
        if (meant.isEmpty() || !secrets.revoke(subject.environment(), person.id(), meant.get())) {
            throw wrong();
        }
    }

    /** Judges a code, without any password: for the person himself, and for whoever may check codes. */
    void validate(Rights rights, String name, String code) throws LDAPException {
        Subject subject = subjects.at(Names.dn(name));
        Environment environment = subject.environment();
        boolean self = subject.person()
                .filter(person -> rights.isOf(environment, person.id()))
                .isPresent();
        if (!self) {
            rights.require(Permission.AUTHENTICATE_DEVICE, environment);
        }
        if (subject.person().isEmpty()) {
            passwords.writeNothing(environment);
            throw wrong();
        }
        if (!signIn.validate(environment, subject.person().get(), code)) {
            throw wrong();
        }
    }

    private Subject subject(Rights rights, @Nullable String authenticationId) throws LDAPException {
        if (authenticationId != null) {
            return subjects.named(authenticationId);
        }
        return subjects.at(rights.client().name());
    }

    /** The person, if a password or the session speaks for the request. Who is unknown costs as much as a wrong password. */
    private Person authenticated(Rights rights, Subject subject, @Nullable String password, Permission forOthers)
            throws LDAPException {
        Environment environment = subject.environment();
        if (password == null) {
            boolean self = subject.person()
                    .filter(person -> rights.isOf(environment, person.id()))
                    .isPresent();
            if (!self) {
                rights.require(forOthers, environment);
                rights.require(forOthers, environment, subject.get().id(), holders);
            }
            return subject.get();
        }
        if (subject.person().isEmpty()) {
            passwords.refuse(environment, password);
            throw wrong();
        }
        if (!passwords.check(environment, subject.person().get(), password)) {
            throw wrong();
        }
        return subject.person().get();
    }

    private static LDAPException wrong() {
        return new LDAPException(ResultCode.INVALID_CREDENTIALS, "Name, password, secret or code is wrong.");
    }
}
