package org.oathbound.directory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The folder on disk that holds all that the service must not lose; only its own user may look into it (0700).
 *
 * <p>All that is stored in it has one format, a number, which the header of each journal file says. A change of anything
 * stored that an older version would misread (an attribute, a sealed value, the key set, the audit) is a new format: the
 * version that makes it raises {@link #FORMAT}, and begins a journal file of that format before it writes anything else.
 */
@ApplicationScoped
public class DataDirectory {

    /** The format of what this version writes; it reads this one and those before. Backups have it, too. */
    public static final int FORMAT = 2;

    /** Whether a format's number, as a file says it, is one that this version reads. */
    static boolean reads(String format) {
        return format.length() == 1 && format.charAt(0) >= '1' && format.charAt(0) <= '0' + FORMAT;
    }

    private final Path path;

    @Inject
    DataDirectory(@ConfigProperty(name = "oathbound.data-dir", defaultValue = "data") String path) {
        this(Path.of(path));
    }

    /**
     * The folder at this path, made if it is not there.
     *
     * @throws UncheckedIOException when it can't be used
     * @throws IllegalStateException when it has another format; nothing is changed then
     */
    public DataDirectory(Path path) {
        try {
            this.path = Files.createDirectories(path.toAbsolutePath().normalize());
            JournalFiles.checkFormat(this.path);
            Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + path + " can't be used.", e);
        }
    }

    public Path path() {
        return path;
    }
}
