package org.oathbound.commandline.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Files with content that only their owner may read. */
public final class PrivateText {

    private static final Set<PosixFilePermission> OTHERS_READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private PrivateText() {}

    /** What is in it; {@link Failure} when it can't be read, or others can read it as well. */
    public static String read(Path file) {
        try {
            if (canBeReadByOthers(file)) {
                throw Failure.usage("Others can read " + file + ": chmod 600 " + file);
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw Failure.usage("There is no file " + file + ".");
        } catch (IOException e) {
            throw Failure.usage("The file " + file + " can't be read.");
        }
    }

    private static boolean canBeReadByOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_READ::contains);
        } catch (UnsupportedOperationException e) {
            return false; // This file system has no such permissions to look at.
        }
    }
}
