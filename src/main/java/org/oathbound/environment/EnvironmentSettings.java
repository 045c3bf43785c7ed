package org.oathbound.environment;

/** The settings of an environment: set by its administrators, or the initial ones. */
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

    /** The settings that follow from them. */
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
