package org.oathbound.seedfile.entity;

import javax.crypto.SecretKey;

/** What opens an encrypted file, or closes it. It never shows itself. */
public sealed interface FileKey {

    /** A key that the parties share (RFC 6030 section 6.1): of AES, 16, 24 or 32 bytes. */
    record PreShared(SecretKey key) implements FileKey {
        @Override
        public String toString() {
            return "PreShared[redacted]";
        }
    }

    /** A password from which the key is derived (RFC 6030 section 6.2). */
    record Password(String text) implements FileKey {
        @Override
        public String toString() {
            return "Password[redacted]";
        }
    }

    /** For files that are not encrypted. */
    record None() implements FileKey {}
}
