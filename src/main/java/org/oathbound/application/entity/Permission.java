package org.oathbound.application.entity;

import java.util.List;
import java.util.stream.Collectors;
import org.oathbound.problem.Problem;

/** One thing that a caller may do, after PingOne's {@code action:resource}. A job needs what its rows need. */
public enum Permission {
    READ_OATH_TOKEN,
    CREATE_OATH_TOKEN,
    DELETE_OATH_TOKEN,
    READ_OATH_JOB,
    /** Pair and unpair for many people at once. */
    CREATE_PAIRING_JOB,
    /** Correct a counter or a clock, by two consecutive codes. */
    RESYNC_OATH_TOKEN,
    READ_USER,
    CREATE_USER,
    UPDATE_USER,
    DELETE_USER,
    /** End the lock that wrong passwords have brought about. */
    UNLOCK_USER,
    READ_DEVICE,
    CREATE_DEVICE,
    /** Activate, name, order, block, unlock, test a code. */
    UPDATE_DEVICE,
    DELETE_DEVICE,
    /** Sign a person on: choose a device, check a code. */
    AUTHENTICATE_DEVICE,
    /** An environment's settings and policies. */
    READ_SETTINGS,
    UPDATE_SETTINGS,
    /** Applications, and who holds which role. */
    READ_APPLICATION,
    CREATE_APPLICATION,
    UPDATE_APPLICATION,
    DELETE_APPLICATION,
    /** Give people roles, and take them away. */
    UPDATE_ROLE,
    /** All environments, from the default one. */
    READ_ENVIRONMENT,
    CREATE_ENVIRONMENT,
    DELETE_ENVIRONMENT,
    /** Everything there is, of every environment, its secrets sealed: a backup. */
    EXPORT_DIRECTORY,
    /** The secrets of an environment's tokens, encrypted with a key of the caller's. */
    EXPORT_SECRETS,
    /** What was done and tried, by whom. */
    READ_AUDIT,
    /** Which keys there are, and their rotation. */
    MANAGE_KEYS;

    /** What a caller is answered whose roles lack some: which, so that whoever gives roles knows what to give. */
    public static Problem.Forbidden missing(List<Permission> permissions) {
        return new Problem.Forbidden("None of the caller's roles has the permission "
                + permissions.stream().map(Permission::name).collect(Collectors.joining(", ")) + ".");
    }
}
