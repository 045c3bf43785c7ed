package org.oathbound.authentication.control;

import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;
import org.oathbound.password.GuessLimit;

/** What the interfaces of a directory decide by, as the container would wire it. */
public final class FindAccountFixture {

    public final FindAccount accounts;
    public final PasswordAuthentication sessions;
    public final SharedSecrets secrets;
    public final PasswordChange passwordChange;

    public FindAccountFixture(
            WholeDirectory directory, Environments environments, Applications applications, DevicesFixture devices) {
        this(directory, environments, applications, devices, new GuessLimit(0));
    }

    public FindAccountFixture(
            WholeDirectory directory,
            Environments environments,
            Applications applications,
            DevicesFixture devices,
            GuessLimit guesses) {
        RoleHolders holders = new RoleHolders(directory);
        Entitlement entitlement = new Entitlement();
        accounts = new FindAccount(environments, devices.persons, devices.passwords, guesses);
        sessions = new PasswordAuthentication(devices.enrolments, devices.signIn, applications, holders, guesses);
        secrets = new SharedSecrets(accounts, entitlement, devices.secrets, devices.signIn, guesses);
        passwordChange = new PasswordChange(accounts, entitlement, devices.persons);
    }
}
