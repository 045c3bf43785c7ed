package org.oathbound.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oathbound.directory.DataDirectory;
import org.oathbound.file.PrivateFile;

/** Key sets for tests that are not about how keys are made: an RSA key takes a third of a second. */
public final class KeySets {

    private static final String MADE_ONCE = KeySetText.fresh().toString(false);

    private KeySets() {}

    /** That of this data directory; where there is none, the same for every test of this JVM. */
    public static KeySet in(Path data) {
        DataDirectory directory = new DataDirectory(data);
        Path file = data.resolve("keyset.json");
        if (Files.notExists(file)) {
            try {
                PrivateFile.write(file, MADE_ONCE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new KeySet(directory);
    }
}
