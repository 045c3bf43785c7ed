package org.oathbound.environment;

import java.time.Duration;

/**
 * What is in force in an environment: its {@code oathSettings}, and what its {@code mfaSettings} and its default policy
 * come to.
 *
 * @param fobs for tokens of a seed file, and temporary codes
 * @param apps for authenticator apps
 * @param appWindow time steps to either side in which one code of an app is enough
 * @param maxDevices how many devices a person may have, temporary ones left out
 * @param mfaEnabled whether a new person signs on with a second factor
 * @param oathToken whether fobs may be paired and used
 * @param totp whether apps may be paired and used
 * @param issuer what an app shows beside the person's name
 */
public record Settings(
        OathSettings oath,
        Lockout fobs,
        Lockout apps,
        int appWindow,
        int maxDevices,
        boolean mfaEnabled,
        Method oathToken,
        Method totp,
        String issuer) {

    public static final Settings DEFAULT = new Settings(
            OathSettings.DEFAULT,
            new Lockout(3, Duration.ofMinutes(2)),
            new Lockout(3, Duration.ofMinutes(2)),
            2,
            5,
            true,
            new Method(true, false),
            new Method(true, false),
            "Oathbound");

    /** What a policy says of one way to sign on. */
    public record Method(boolean enabled, boolean pairingDisabled) {}
}
