package org.oathbound.seedfile.entity;

/** How a seed file is written. */
public enum Format {
    /** {@code serial,key,type,length,step-or-counter}, and the variant that says {@code # version: 2} and has three columns before. */
    OATH_CSV,
    /** PingID's {@code serial,secret[,counter]}, all of one type. */
    PINGID_TEXT,
    /** privacyIDEA's export, {@code login@realm, serial, key, type, length[, time step]}. */
    PRIVACYIDEA_CSV,
    /** Microsoft Entra's {@code upn,serial number,secret key,time interval,manufacturer,model}, with or without the first. */
    ENTRA_CSV,
    /** The log of Yubico's personalization tools, in Yubico's or in the traditional format. */
    YUBICO_CSV,
    /** Portable Symmetric Key Container, RFC 6030, and its drafts. */
    PSKC,
    /** The XML of SafeNet, before it Aladdin: {@code Tokens/Token/Applications/Application/Seed}. */
    SAFENET_XML,
    /** SafeWord's records, {@code sccTokenData: sccKey=…;sccMode=…}. */
    SAFEWORD_DAT,
    /** Entries of people with {@code ds-auth-totp-shared-secret}. */
    PINGDIRECTORY_LDIF,
    /** Entries of tokens with {@code ipatoken…}. */
    FREEIPA_LDIF
}
