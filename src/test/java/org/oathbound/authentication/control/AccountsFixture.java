package org.oathbound.authentication.control;

import org.oathbound.access.control.Applications;
import org.oathbound.access.control.RoleHolders;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environments;

/** What the doors of a directory decide by, as the container would wire it. */
public final class AccountsFixture {

    public final Accounts accounts;
    public final Sessions sessions;
    public final SharedSecrets secrets;
    public final PasswordChange passwordChange;

    public AccountsFixture(
            Directory directory, Environments environments, Applications applications, DevicesFixture devices) {
        RoleHolders holders = new RoleHolders(directory);
        Entitlement entitlement = new Entitlement(holders);
        accounts = new Accounts(environments, devices.persons, devices.passwords);
        sessions = new Sessions(devices.enrolments, devices.signIn, applications, holders);
        secrets = new SharedSecrets(accounts, entitlement, devices.secrets, devices.signIn, devices.passwords);
        passwordChange = new PasswordChange(accounts, entitlement, devices.persons);
    }
}
