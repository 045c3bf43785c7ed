package org.oathbound.problem;

/** The kinds of fault that PingOne's error reference names for one detail of an error. */
public enum DetailCode {
    ACCOUNT_NOT_USABLE,
    CONSTRAINT_VIOLATION,
    EMPTY_VALUE,
    EXTRA_OTP_REQUIRED,
    INSUFFICIENT_PERMISSIONS,
    INVALID_FILTER,
    INVALID_OTP,
    INVALID_PARAMETER,
    INVALID_TOKEN,
    INVALID_VALUE,
    LIMIT_EXCEEDED,
    OUT_OF_RANGE,
    PASSWORD_LOCKED_OUT,
    REQUIRED_VALUE,
    SIZE_LIMIT_EXCEEDED,
    UNIQUENESS_VIOLATION
}
