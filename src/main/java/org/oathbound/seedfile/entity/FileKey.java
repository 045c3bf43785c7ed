package org.oathbound.seedfile.entity;

import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** What opens an encrypted file, or closes it. It never shows itself. */
public sealed interface FileKey {

    /** A key that the parties share (RFC 6030 section 6.1): of AES, 16, 24 or 32 bytes. */
    record PreShared(SecretKey key) implements FileKey {

        /** How it is written, as JSON Schema says it: 32, 48 or 64 hexadecimal digits. */
        public static final String PATTERN = "^([0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{64})$";

        /** The key that is written so. */
        public static PreShared ofHex(String hex) {
            return new PreShared(new SecretKeySpec(HexFormat.of().parseHex(hex), "AES"));
        }

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
