package org.oathbound.seedfile.entity;

/** How a secret is written in a file of text. */
public enum SecretEncoding {
    /** RFC 4648 section 8, in upper or lower case. */
    HEX,
    /** RFC 4648 section 6, in upper or lower case, with or without padding. */
    BASE32
}
