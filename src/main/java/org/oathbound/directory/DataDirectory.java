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
 * The folder on disk that holds all that the service must not lose, in one {@linkplain DataFormat format}; only its own user may
 * look into it (0700).
 */
@ApplicationScoped
public class DataDirectory {

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
            DataFormat.check(this.path);
            Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + path + " can't be used.", e);
        }
    }

    public Path path() {
        return path;
    }
}
