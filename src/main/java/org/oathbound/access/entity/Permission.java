package org.oathbound.access.entity;

/** One thing that a caller may do, after PingOne's {@code action:resource}. A job needs what its rows need. */
public enum Permission {
    READ_OATH_TOKEN,
    CREATE_OATH_TOKEN,
    DELETE_OATH_TOKEN,
    READ_OATH_JOB,
    /** Everything there is, of every environment: what a backup holds. */
    EXPORT_DIRECTORY
}
