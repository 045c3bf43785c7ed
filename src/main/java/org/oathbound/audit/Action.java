package org.oathbound.audit;

/**
 * What can happen, as it stands in a line. A name never changes and is never used for something else; new ones may come.
 * {@code docs/siem.md} has the same table.
 */
public enum Action {
    OATH_TOKEN_CREATE("oathToken.create", "A token was created, by a call or by a row of a job."),
    OATH_TOKEN_REVOKE("oathToken.revoke", "A token was revoked, by a call or by a row of a job."),
    OATH_TOKEN_RESYNC(
            "oathToken.resync", "A call to correct a token's counter or clock; its codes are lines of their own."),
    OATH_TOKEN_LOSE("oathToken.lose", "It was said that a token is lost."),
    OATH_TOKEN_RECOVER("oathToken.recover", "It was said that a lost token is found."),
    OATH_TOKEN_LABEL("oathToken.label", "Where a token is, a note or its expiry was changed, by a row of a job."),
    OATH_TOKEN_VERIFY("oathToken.verify", "A code of a token was judged, at whichever interface."),
    DEVICE_PAIR("device.pair", "A device was paired with a person, by a call or by a row of a job."),
    DEVICE_ACTIVATE("device.activate", "A device was activated by its first code."),
    DEVICE_TEST("device.test", "A code was sent to test a device; its judgement is a line of its own."),
    DEVICE_UNPAIR("device.unpair", "A device was taken from a person, by a call or by a row of a job."),
    DEVICE_SWEEP(
            "device.sweep",
            "The service took a device away whose time was over or that was replaced, or what a stop had left of a pairing."),
    DEVICE_BLOCK("device.block", "A device was blocked, by a call or by a row of a job."),
    DEVICE_UNBLOCK("device.unblock", "A device was unblocked, by a call or by a row of a job."),
    DEVICE_UNLOCK("device.unlock", "The lock that wrong codes had led to was taken from a device."),
    DEVICE_RENAME("device.rename", "A device's nickname was changed."),
    DEVICE_ORDER("device.order", "The order of a person's devices was changed or forgotten."),
    USER_CREATE("user.create", "A person was created."),
    USER_UPDATE("user.update", "A person was changed."),
    USER_DELETE("user.delete", "A person was deleted."),
    USER_SWEEP(
            "user.sweep",
            "The service finished the deletion of a person, or took the rest of one away whose entry was gone."),
    USER_UNLOCK("user.unlock", "The lock that wrong passwords had brought about was ended by an administrator."),
    USER_SET_PASSWORD("user.setPassword", "A person's password was set by an administrator, or changed by himself."),
    USER_SET_ENABLED("user.setEnabled", "It was said whether a person signs on at all."),
    USER_SET_POPULATION("user.setPopulation", "A person was put into a population."),
    USER_SET_MFA("user.setMfa", "It was said whether a person signs on with a second factor."),
    USER_SET_CODE_REQUIRED("user.setCodeRequired", "It was said whether a person needs a code."),
    USER_SET_BYPASS("user.setBypass", "It was said until when a person is let in without a code."),
    USER_SET_ROLES("user.setRoles", "The roles of a person were changed."),
    FLOW_BEGIN("flow.begin", "A sign-on flow was begun."),
    FLOW_SELECT("flow.select", "A device was selected in a sign-on flow."),
    FLOW_CHECK("flow.check", "A code was sent to a sign-on flow; its judgement is a line of its own."),
    JOB_CREATE("job.create", "A job was handed in; what its rows change are lines with its id as correlation id."),
    JOB_DELETE("job.delete", "A finished job was deleted; what its rows have changed stays."),
    JOB_SWEEP("job.sweep", "The service took a job away whose time was over, or what a stop had left of a deletion."),
    SETTINGS_UPDATE("settings.update", "Settings of an environment were replaced or set back."),
    POLICY_CREATE("policy.create", "A policy was created."),
    POLICY_UPDATE("policy.update", "A policy was replaced."),
    POLICY_DELETE("policy.delete", "A policy was deleted."),
    APPLICATION_CREATE("application.create", "An application was created."),
    APPLICATION_UPDATE("application.update", "An application was changed, enabled or disabled."),
    APPLICATION_ROTATE_SECRET("application.rotateSecret", "An application got another secret."),
    APPLICATION_DELETE("application.delete", "An application was deleted."),
    ENVIRONMENT_CREATE("environment.create", "An environment was created."),
    ENVIRONMENT_UPDATE("environment.update", "What is said of an environment was changed."),
    ENVIRONMENT_DELETE("environment.delete", "An environment was deleted."),
    ENVIRONMENT_SWEEP(
            "environment.sweep", "The service removed an environment whose creation or deletion a stop had cut off."),
    ACCESS_TOKEN_ISSUE("accessToken.issue", "An access token was asked for; the object is the application."),
    USER_SIGN_ON("user.signOn", "A person asked for an access token of his own, by his password, or that and a code."),
    DIRECTORY_SEARCH("directory.search", "Entries were searched for, by a POST."),
    STAFF_SIGN_ON("staff.signOn", "Somebody who holds a role signed in, or tried to."),
    KEY_ROTATE("key.rotate", "A key was rotated."),
    BACKUP_READ("backup.read", "The whole directory, with its sealed secrets, was read."),
    SECRETS_EXPORT("secrets.export", "The secrets of an environment were exported, encrypted anew."),
    BREAK_GLASS_READ("breakGlass.read", "A read by the host's owner with the rights of an administrator."),
    CALL_REFUSED(
            "call.refused", "A call that has no name of its own in this table was refused: a read, or no such path."),
    LDAP_BIND("ldap.bind", "A bind through LDAP."),
    LDAP_ADD("ldap.add", "An entry was added through LDAP."),
    LDAP_MODIFY("ldap.modify", "An entry was changed through LDAP."),
    LDAP_RENAME("ldap.rename", "An entry was renamed through LDAP."),
    LDAP_DELETE("ldap.delete", "An entry was deleted through LDAP."),
    LDAP_REFUSED("ldap.refused", "A search, a comparison or an extended operation was refused."),
    ANONYMOUS_COUNT(
            "anonymous.count",
            "How many more calls an anonymous client's network sent in a minute that named no person, application or token: refused ones, or binds without a name."),
    ENTRY_CORRUPT(
            "entry.corrupt",
            "What is stored of an entry does not open or can't be read: damaged, or put there by somebody else."),
    SERVICE_START("service.start", "The service started."),
    SERVICE_STOP("service.stop", "The service was stopped in order."),
    AUDIT_FILE("audit.file", "The first line of a file; it holds the last hash of the file before."),
    AUDIT_RECOVERED(
            "audit.recovered",
            "The audit goes on behind something that is no line (what a crash leaves), or behind lines that are missing."),
    AUDIT_REMOVED("audit.removed", "A file went because its time was over, or because there was no more room.");

    private final String text;
    private final String meaning;

    Action(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The name in a line. */
    @Override
    public String toString() {
        return text;
    }

    /** What a line with it tells, in a sentence. */
    public String meaning() {
        return meaning;
    }
}
