package org.oathbound.commandline.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ids of those whom imports have blocked because a file did not name them any more. Only they are enabled again when a
 * file names them: whoever was blocked by hand stays blocked.
 */
public final class BlockedPeople {

    private final Path file;

    public BlockedPeople(Path file) {
        this.file = file;
    }

    /** Nobody when there is no such file. */
    public Set<String> read() throws IOException {
        return Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
    }

    /** As a whole or not at all. */
    public void write(Set<String> ids) throws IOException {
        if (ids.equals(read())) {
            return;
        }
        Path written =
                Files.createTempFile(file.toAbsolutePath().resolveSibling(""), file.getFileName() + ".", ".part");
        try {
            Files.write(written, ids);
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
