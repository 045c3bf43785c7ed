package org.oathbound.environment;

/** What the administrators of an environment have set, or what it began with. */
public record EnvironmentSettings(OathSettings oath, MfaSettings mfa, Policies policies) {

    EnvironmentSettings with(OathSettings changed) {
        return new EnvironmentSettings(changed, mfa, policies);
    }

    EnvironmentSettings with(MfaSettings changed) {
        return new EnvironmentSettings(oath, changed, policies);
    }

    EnvironmentSettings with(Policies changed) {
        return new EnvironmentSettings(oath, mfa, changed);
    }

    /** What they come to. */
    Settings inForce() {
        Policy policy = policies.inForce();
        return new Settings(
                oath,
                mfa.over(policy.fobs().lockout()),
                mfa.over(policy.apps().lockout()),
                policy.appWindow(),
                mfa.maxDevices(),
                mfa.mfaEnabled(),
                method(policy.fobs()),
                method(policy.apps()),
                policy.issuer());
    }

    private static Settings.Method method(Policy.Method method) {
        return new Settings.Method(method.enabled(), method.pairingDisabled());
    }
}
