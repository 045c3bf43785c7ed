package org.oathbound.seedfile.entity;

/** How a seed file is written. */
public enum Format {
    /** {@code serial,key,type,length,step-or-counter}, and the variant that says {@code # version: 2} and has three columns before. */
    OATH_CSV,
    /** PingID's {@code serial,secret[,counter]}, all of one type. */
    PINGID_TEXT,
    /** Microsoft Entra's {@code upn,serial number,secret key,time interval,manufacturer,model}, with or without the first. */
    ENTRA_CSV,
    /** The log of Yubico's personalization tools, in Yubico's or in the traditional format. */
    YUBICO_CSV,
    /** Portable Symmetric Key Container, RFC 6030. */
    PSKC,
    /** Entries of people with {@code ds-auth-totp-shared-secret}. */
    PINGDIRECTORY_LDIF,
    /** Entries of tokens with {@code ipatoken…}. */
    FREEIPA_LDIF
}
