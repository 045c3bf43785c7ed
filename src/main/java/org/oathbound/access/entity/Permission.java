package org.oathbound.access.entity;

/** One thing that a caller may do, after PingOne's {@code action:resource}. A job needs what its rows need. */
public enum Permission {
    READ_OATH_TOKEN,
    CREATE_OATH_TOKEN,
    DELETE_OATH_TOKEN,
    READ_OATH_JOB,
    /** Correct a counter or a clock, by two consecutive codes. */
    RESYNC_OATH_TOKEN,
    READ_USER,
    CREATE_USER,
    UPDATE_USER,
    DELETE_USER,
    READ_DEVICE,
    CREATE_DEVICE,
    /** Activate, name, order, block. */
    UPDATE_DEVICE,
    DELETE_DEVICE,
    /** Sign a person on: choose a device, check a code. */
    AUTHENTICATE_DEVICE,
    /** An environment's settings and policies. */
    READ_SETTINGS,
    UPDATE_SETTINGS,
    /** Everything there is, of every environment: what a backup holds. And the secrets of one, encrypted anew. */
    EXPORT_DIRECTORY
}
