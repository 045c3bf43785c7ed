package org.oathbound.device.control;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.oathbound.audit.Audit;
import org.oathbound.audit.Heard;
import org.oathbound.directory.PaddingEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.Secrets;
import org.oathbound.person.control.Bypass;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.person.control.Enrolments;
import org.oathbound.person.control.FoundPerson;
import org.oathbound.person.control.Passwords;
import org.oathbound.person.control.Persons;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.LostTokens;
import org.oathbound.token.control.Pairings;
import org.oathbound.token.control.PersonalTokens;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.TokensFixture;
import org.oathbound.token.control.Verifier;
import org.oathbound.token.entity.Purpose;
import org.oathbound.token.entity.Token;
import org.oathbound.token.entity.Verdict;

/** The beans of tokens, people and devices as the container would wire them, on one directory. */
public final class DevicesFixture {

    public final CorporateDirectories corporate;
    public final CurrentSettings settings;
    public final Enrolments enrolments;
    public final Pairings pairings;
    public final LostTokens lostTokens;
    public final Unpairing unpairing;
    public final Tokens tokens;
    public final Persons persons;
    public final Verifier verifier;
    public final Devices devices;
    public final TokenHolders holders;
    public final DevicePairing pairing;
    public final DeviceVerification verification;
    public final ChangeDevice changes;
    public final Sweep sweep;
    public final Passwords passwords;
    public final Bypass bypass;
    public final SignIn signIn;
    public final TotpSharedSecrets secrets;

    public DevicesFixture(WholeDirectory directory, Seals seals, Clock clock) {
        this(directory, seals, new Heard(), clock);
    }

    /** @param audit told of sweeps and verdicts */
    public DevicesFixture(WholeDirectory directory, Seals seals, Audit audit, Clock clock) {
        this(directory, PersonsFixture.corporate(directory, Map.of()), seals, audit, clock);
    }

    /** @param corporate where people live besides */
    public DevicesFixture(
            WholeDirectory directory, CorporateDirectories corporate, Seals seals, Audit audit, Clock clock) {
        this.corporate = corporate;
        settings = new CurrentSettings(directory);
        enrolments = PersonsFixture.enrolments(directory, corporate, clock);
        pairings = TokensFixture.pairings(directory, seals, clock);
        lostTokens = new LostTokens(directory, clock);
        unpairing = new Unpairing(directory, enrolments, pairings, lostTokens);
        tokens = TokensFixture.tokens(directory, seals, clock, unpairing::tokenIsRevoked);
        persons = PersonsFixture.persons(directory, corporate, unpairing::personIsDeleted, audit, clock);
        verifier = TokensFixture.verifier(directory, seals, settings, audit, clock);
        devices = new Devices(directory, directory, enrolments, tokens);
        holders = new TokenHolders(devices, pairings);
        PersonalTokens personalTokens = TokensFixture.personalTokens(directory, seals, clock);
        pairing =
                new DevicePairing(directory, enrolments, devices, unpairing, pairings, personalTokens, settings, clock);
        verification = new DeviceVerification(persons, enrolments, devices, unpairing, verifier, settings, clock);
        changes = new ChangeDevice(enrolments, devices, tokens, unpairing, settings, clock);
        sweep = new Sweep(directory, directory, directory, enrolments, devices, pairings, unpairing, audit, clock);
        passwords = PersonsFixture.passwords(directory, corporate, clock);
        bypass = PersonsFixture.bypass(directory, settings, clock);
        signIn = new SignIn(devices, verification, passwords, new PaddingEntries(directory), bypass, settings);
        secrets = new TotpSharedSecrets(pairing, unpairing, enrolments, devices, verification, personalTokens);
    }

    /** A person with nothing but a user name. */
    public Person person(Environment environment, String username) {
        return PersonsFixture.create(persons, environment, username);
    }

    /** Somebody with what a sign-in reads first. */
    public FoundPerson found(Environment environment, Person person) {
        return persons.read(environment, person.username().value()).orElseThrow();
    }

    /** As for a flow. */
    public Verdict verify(Environment environment, UUID person, UUID device, Passcode code, Purpose purpose) {
        return verification.verify(environment, enrolments.get(environment, person), device, code, purpose);
    }

    /** A fob in stock: HOTP, 6 digits, at counter 0, with a secret of its own ({@link Secrets#of}). */
    public Token fob(Environment environment, String serialNumber) {
        return TokensFixture.create(tokens, environment, serialNumber);
    }
}
