package org.oathbound.seedfile.control;

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
     */
    public static SeedFile of(Format format, Hints hints, FileKey key) {
        return switch (format) {
            case OATH_CSV -> new OathCsv(hints);
            case PINGID_TEXT -> new PingIdText(hints);
            case PRIVACYIDEA_CSV -> new PrivacyIdeaCsv(hints);
            case ENTRA_CSV -> new EntraCsv(hints);
            case YUBICO_CSV -> new YubicoCsv(hints);
            case PSKC -> new Pskc(hints, key);
            case SAFENET_XML -> new SafeNetXml(hints);
            case SAFEWORD_DAT -> new SafeWordDat(hints);
            case FREEIPA_LDIF -> new FreeIpaLdif(hints);
            case PINGDIRECTORY_LDIF -> new PingDirectoryLdif(hints);
        };
    }
}
