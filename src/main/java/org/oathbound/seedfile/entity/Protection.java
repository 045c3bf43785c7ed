package org.oathbound.seedfile.entity;

/** How the secrets of a file that leaves are encrypted. */
public enum Protection {
    /** AES-CBC with a key of 128, 192 or 256 bits, and HMAC-SHA-256 over each value. A password's key has 256 bits. */
    AES_CBC_HMAC_SHA_256,
    /** AES-CBC with a key of 128 bits, and HMAC-SHA-1: what privacyIDEA and LinOTP read. */
    AES_128_CBC_HMAC_SHA_1
}
