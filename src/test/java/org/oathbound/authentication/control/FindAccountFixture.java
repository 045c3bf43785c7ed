package org.oathbound.authentication.control;

import org.oathbound.application.control.Applications;
import org.oathbound.application.control.RoleHolders;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environments;

/** What the interfaces of a directory decide by, as the container would wire it. */
public final class FindAccountFixture {

    public final FindAccount accounts;
    public final PasswordAuthentication sessions;
    public final SharedSecrets secrets;
    public final PasswordChange passwordChange;

    public FindAccountFixture(
            WholeDirectory directory, Environments environments, Applications applications, DevicesFixture devices) {
        RoleHolders holders = new RoleHolders(directory);
        Entitlement entitlement = new Entitlement();
        accounts = new FindAccount(environments, devices.persons, devices.passwords);
        sessions = new PasswordAuthentication(devices.enrolments, devices.signIn, applications, holders);
        secrets = new SharedSecrets(accounts, entitlement, devices.secrets, devices.signIn);
        passwordChange = new PasswordChange(accounts, entitlement, devices.persons);
    }
}
