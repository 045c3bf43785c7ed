package org.oathbound.token.entity;

/** What a code is sent for. */
public enum Purpose {
    /** To sign on, by a caller who can send another code where one does not suffice. */
    SIGN_ON,
    /** To sign on, by a caller who can't. */
    SIGN_ON_AT_ONCE,
    /** To activate a device. */
    ACTIVATION,
    /** The same, by a caller who will send another code. */
    ACTIVATION_WITH_RESYNC,
    /** To correct what is stored of the token. */
    RESYNCHRONISATION
}
