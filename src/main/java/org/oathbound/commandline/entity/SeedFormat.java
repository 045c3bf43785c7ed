package org.oathbound.commandline.entity;

import java.util.Locale;
import java.util.Optional;

/** The formats of seed files that the service reads. */
public enum SeedFormat {
    JSON,
    OATH_CSV,
    PINGID_TEXT,
    ENTRA_CSV,
    YUBICO_CSV,
    PSKC,
    PINGDIRECTORY_LDIF,
    FREEIPA_LDIF;

    /** What a file's name tells without a doubt; a {@code .csv} may be any of three. */
    public static Optional<SeedFormat> ofName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Optional.of(JSON);
        }
        return name.endsWith(".xml") || name.endsWith(".pskc") ? Optional.of(PSKC) : Optional.empty();
    }
}
