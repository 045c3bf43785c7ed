package org.oathbound.seedfile.control;

import java.time.Instant;
import org.oathbound.seedfile.entity.FileKey;
import org.oathbound.seedfile.entity.Format;
import org.oathbound.seedfile.entity.Hints;

/** The reader of each format. */
public final class SeedFiles {

    private SeedFiles() {}

    /**
     * A reader for one file.
     *
     * @param key what opens the file, for formats that can be encrypted
     * @param now decides whether a token may be used already
     */
    public static SeedFile of(Format format, Hints hints, FileKey key, Instant now) {
        return switch (format) {
            case OATH_CSV -> new OathCsv(hints);
            case PINGID_TEXT -> new PingIdText(hints);
            case ENTRA_CSV -> new EntraCsv(hints);
            case YUBICO_CSV -> new YubicoCsv(hints);
            case PSKC -> new Pskc(hints, key, now);
            case FREEIPA_LDIF -> new FreeIpaLdif(hints, now);
            case PINGDIRECTORY_LDIF -> new PingDirectoryLdif(hints);
        };
    }
}
