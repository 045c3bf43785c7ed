package org.oathbound.ldap.boundary;

import java.time.Clock;
import java.util.Map;
import org.oathbound.access.control.Applications;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.audit.Audit;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.device.control.SignIn;
import org.oathbound.device.control.TotpSharedSecrets;
import org.oathbound.directory.Directory;
import org.oathbound.directory.SlowHash;
import org.oathbound.environment.Environments;
import org.oathbound.http.AddressLimit;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.control.Persons;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokensFixture;

/** The beans of the LDAP door as the container would wire them. */
public final class DoorsFixture {

    private DoorsFixture() {}

    public static Doors doors(
            Directory directory,
            Environments environments,
            Persons persons,
            Seals seals,
            Clock clock,
            Audit audit,
            AddressLimit limit) {
        DevicesFixture parts = new DevicesFixture(directory, seals, clock);
        Passwords passwords = PersonsFixture.passwords(directory, clock);
        RoleHolders holders = new RoleHolders(directory);
        Subjects subjects = new Subjects(environments, persons);
        SlowHash hash = new SlowHash();
        SignIn signIn = new SignIn(
                parts.devices,
                parts.verification,
                parts.verifier,
                passwords,
                PersonsFixture.bypass(directory, parts.settings, clock),
                parts.settings);
        TotpSharedSecrets secrets = new TotpSharedSecrets(
                parts.pairing,
                parts.unpairing,
                parts.enrolments,
                parts.devices,
                parts.verification,
                TokensFixture.personalTokens(directory, seals, clock));
        return new Doors(
                directory,
                environments,
                persons,
                PersonsFixture.corporate(directory, Map.of()),
                audit,
                new Binds(
                        directory,
                        environments,
                        new Applications(directory, hash, clock),
                        parts.enrolments,
                        holders,
                        subjects,
                        signIn,
                        hash,
                        limit),
                new CodeComparison(environments, parts.verification),
                new ExtendedRequests(
                        new SharedSecretRequests(subjects, secrets, passwords, signIn, holders),
                        new PasswordChanges(subjects, persons, passwords, holders)));
    }
}
