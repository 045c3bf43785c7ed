package org.oathbound.problem;

/** The kinds of fault that PingOne's error reference names for one detail of an error. */
public enum DetailCode {
    CONSTRAINT_VIOLATION,
    EMPTY_VALUE,
    INSUFFICIENT_PERMISSIONS,
    INVALID_FILTER,
    INVALID_PARAMETER,
    INVALID_TOKEN,
    INVALID_VALUE,
    OUT_OF_RANGE,
    REQUIRED_VALUE,
    SIZE_LIMIT_EXCEEDED,
    UNIQUENESS_VIOLATION
}
