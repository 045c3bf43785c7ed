package org.oathbound.ldap.boundary;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.access.entity.Permission;
import org.oathbound.ldap.boundary.Subjects.Subject;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.NewPassword;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Detail;

/** The extended operation that sets a password (RFC 3062). */
@ApplicationScoped
class PasswordChanges {

    private final Subjects subjects;
    private final Persons persons;
    private final Passwords passwords;
    private final RoleHolders holders;

    @Inject
    PasswordChanges(Subjects subjects, Persons persons, Passwords passwords, RoleHolders holders) {
        this.subjects = subjects;
        this.persons = persons;
        this.passwords = passwords;
        this.holders = holders;
    }

    /**
     * Sets the password of the client, or of another whom he may change.
     *
     * @param identity a name, or an authorization identity; null for the client himself
     * @param former checked where it is sent
     * @param wanted null for one that is made
     * @return the one that was made; empty when it was sent
     */
    Optional<String> set(Rights rights, @Nullable String identity, @Nullable String former, @Nullable String wanted)
            throws LDAPException {
        Subject subject = subject(rights, identity);
        boolean self = subject.person()
                .filter(person -> rights.isOf(subject.environment(), person.id()))
                .isPresent();
        if (!self) {
            rights.require(Permission.UPDATE_USER, subject.environment());
            rights.require(
                    Permission.UPDATE_USER, subject.environment(), subject.get().id(), holders);
        }
        Person person = subject.get();
        String password = wanted == null ? NewPassword.generate() : wanted;
        Optional<Detail> fault = NewPassword.fault("newPasswd", password);
        if (fault.isPresent()) {
            throw new LDAPException(ResultCode.CONSTRAINT_VIOLATION, fault.get().message());
        }
        if (former != null && !passwords.check(subject.environment(), person, former)) {
            throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "The old password is wrong.");
        }
        persons.setPassword(subject.environment(), person.id(), password);
        return wanted == null ? Optional.of(password) : Optional.empty();
    }

    private Subject subject(Rights rights, @Nullable String identity) throws LDAPException {
        if (identity == null) {
            return subjects.at(rights.client().name());
        }
        String kind = identity.toLowerCase(Locale.ROOT);
        return kind.startsWith("dn:") || kind.startsWith("u:")
                ? subjects.named(identity)
                : subjects.at(Names.dn(identity));
    }
}
